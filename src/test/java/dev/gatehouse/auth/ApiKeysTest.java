package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final String KEY = "correct-horse-battery";

  @Test
  void aKeyIsFoundByItsHash() {
    ApiKeys keys = parse("shop:{sha256}" + sha256(KEY), "other:another-long-secret;scopes=admin");
    assertThat(keys.find(KEY, NOW).orElseThrow().id()).isEqualTo("shop");
    ApiKey other = keys.find("another-long-secret", NOW).orElseThrow();
    assertThat(other.allows(Scope.ADMIN)).isTrue();
    assertThat(other.allows(Scope.PROXY)).isFalse();
    assertThat(keys.ids()).containsExactly("shop", "other");
    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "correct-horse-batter",
        "correct-horse-battery ",
        "Correct-horse-battery",
        "correct-horse-batterý",
        "shop:correct-horse-battery"
      })
  void anythingElseIsNotFound(String presented) {
    assertThat(parse("shop:" + KEY).find(presented, NOW)).isEmpty();
  }

  @Test
  void theHashItselfIsNoKey() {
    ApiKeys keys = parse("shop:" + KEY);
    assertThat(keys.find(sha256(KEY), NOW)).isEmpty();
    assertThat(keys.find("{sha256}" + sha256(KEY), NOW)).isEmpty();
  }

  @Test
  void evenTheHashOfNothingLetsNobodyIn() {
    assertThat(parse("shop:{sha256}" + sha256("")).find("", NOW)).isEmpty();
  }

  @Test
  void aKeyOf1024CharactersIsTheLongest() {
    String longest = "k".repeat(1_024);
    String longer = longest + "k";
    ApiKeys keys = parse("a:" + longest, "b:{sha256}" + sha256(longer));
    assertThat(keys.find(longest, NOW)).isPresent();
    assertThat(keys.find(longer, NOW)).isEmpty();
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource({
    "expires=2026-06-16, 2026-06-15T23:59:59Z, true",
    "expires=2026-06-16, 2026-06-16T00:00:00Z, false",
    "notBefore=2026-06-16, 2026-06-15T23:59:59Z, false",
    "notBefore=2026-06-16, 2026-06-16T00:00:00Z, true",
    "expires=2026-06-16T02:00:00+02:00, 2026-06-15T23:59:59Z, true",
    "expires=2026-06-16T02:00:00+02:00, 2026-06-16T00:00:00Z, false",
    "notBefore=2026-06-15;expires=2026-06-16, 2026-06-15T12:00:00Z, true",
    "notBefore=2026-06-15;expires=2026-06-16, 2026-06-17T12:00:00Z, false",
  })
  void aKeyIsValidFromNotBeforeUntilExpires(String times, Instant now, boolean valid) {
    assertThat(parse("shop:" + KEY + ";" + times).find(KEY, now).isPresent()).isEqualTo(valid);
  }

  @Test
  void noKeysLetNobodyIn() {
    assertThat(ApiKeys.NONE.find(KEY, NOW)).isEmpty();
    assertThat(ApiKeys.NONE.isEmpty()).isTrue();
  }

  @Test
  void manyThreadsMayAskAtOnce() {
    ApiKeys keys = parse("shop:" + KEY, "other:another-long-secret");
    long found =
        IntStream.range(0, 20_000)
            .parallel()
            .mapToObj(i -> keys.find(i % 2 == 0 ? KEY : KEY + i, NOW))
            .filter(Optional::isPresent)
            .count();
    assertThat(found).isEqualTo(10_000);
  }

  @Test
  void nothingPrintedHoldsAKeyOrHash() {
    KeyLines lines =
        KeyLines.parse("keys", List.of("shop:" + KEY, "b:{sha256}" + sha256("x")), ApiKeys.NONE);
    String printed = lines + " " + lines.keys().find(KEY, NOW);
    assertThat(printed)
        .contains("shop")
        .doesNotContain(KEY)
        .doesNotContainIgnoringCase(sha256(KEY))
        .doesNotContainIgnoringCase(sha256("x"));
  }

  private static ApiKeys parse(String... lines) {
    KeyLines parsed = KeyLines.parse("keys", List.of(lines), ApiKeys.NONE);
    assertThat(parsed.problems()).isEmpty();
    return parsed.keys();
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
