package dev.gatehouse.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Garbage;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Parsers of what strangers and operators write, by round trips and on garbage. */
class ParserPropertiesTest {
  private static final int ROUNDS = 20_000;
  private static final String VISIBLE = "abzAZ059!~\"#$%&'()*+,-./:<=>?@[]^_`{|}";

  private final SplittableRandom random = new SplittableRandom(7_617);
  private final Sha256 sha256 = new Sha256();
  private final KeyLine lines = new KeyLine(sha256);

  @Test
  void aPasswordComesBackAsItWas() {
    for (int round = 0; round < ROUNDS; round++) {
      String user = Garbage.of(random, "aZ 9\u00e9\u20ac", 8);
      String password = Garbage.of(random, "aZ: 9\u00e9\u20ac", 12);
      byte[] pair = (user + ":" + password).getBytes(UTF_8);
      String scheme = Garbage.oneOf(random, "Basic ", "basic ", "BASIC  ");
      assertThat(BasicPassword.of(scheme + Base64.getEncoder().encodeToString(pair)))
          .contains(password);
    }
  }

  @Test
  void anyOtherAuthorizationHasNoPassword() {
    for (int round = 0; round < ROUNDS; round++) {
      String text = Garbage.of(random, "BasicDget OTo=+/-\u00e9\t", 24);
      boolean ours = text.regionMatches(true, 0, "Basic ", 0, 6);
      if (!ours) {
        assertThat(BasicPassword.of(text)).as(text).isEmpty();
      }
      var unused = BasicPassword.of("Basic " + text); // and no exception
    }
  }

  @Test
  void aGoodLineIsTheKeyThatWasWritten() {
    for (int round = 0; round < ROUNDS; round++) {
      String id = "i" + Garbage.of(random, "aZ09._-", 63);
      String secret = "k" + Garbage.of(random, VISIBLE.replace(";", ""), 40) + "x".repeat(15);
      byte[] hash = sha256.of(secret);
      boolean hashed = random.nextBoolean();
      Instant from = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      Instant to = from.plusSeconds(1 + random.nextInt(100));
      String line =
          id
              + ":"
              + (hashed ? "{sha256}" + HexFormat.of().formatHex(hash) : secret)
              + ";notBefore="
              + from
              + ";expires="
              + to
              + Garbage.oneOf(random, "", ";scopes=proxy", "; scopes = proxy");
      KeyLine.Parsed parsed = lines.parse(line);
      assertThat(parsed.problems()).as(line).isEmpty();
      assertThat(parsed.plainText()).isEqualTo(!hashed);
      ApiKey key = parsed.key().orElseThrow();
      assertThat(key.id()).isEqualTo(id);
      assertThat(key.hasHash(hash)).isTrue();
      assertThat(key.scopes()).isEqualTo(Set.of(Scope.PROXY));
      assertThat(key.validAt(from)).isTrue();
      assertThat(key.validAt(from.minusNanos(1))).isFalse();
      assertThat(key.validAt(to)).isFalse();
      assertThat(key.validAt(to.minusNanos(1))).isTrue();
    }
  }

  @Test
  void anyLineIsAKeyOrHasProblemsAndTheseDoNotTellTheKey() {
    for (int round = 0; round < ROUNDS; round++) {
      String secret = "S3" + Garbage.of(random, VISIBLE + "\u00e9 ", 30) + "3S";
      String line =
          Garbage.of(random, "ab :;\u00e9", 4)
              + Garbage.oneOf(random, ":", "", ":{sha256}", ":{")
              + secret
              + Garbage.of(random, ";=scopesnotBefore :2026-01T", 20);
      KeyLine.Parsed parsed = lines.parse(line);
      assertThat(parsed.key().isPresent()).as(line).isEqualTo(parsed.problems().isEmpty());
      assertThat(String.join(" ", parsed.problems())).doesNotContain("S3").doesNotContain("3S");
    }
  }
}
