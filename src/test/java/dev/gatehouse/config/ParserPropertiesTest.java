package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.IpAddress;
import dev.gatehouse.testkit.Garbage;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Parsers against slow models and by round trips, on random input. */
class ParserPropertiesTest {
  private static final int ROUNDS = 30_000;
  private static final BigInteger LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private final SplittableRandom random = new SplittableRandom(4_632);

  @Test
  void aRangeHoldsWhatHasItsFirstBits() {
    int inside = 0;
    for (int round = 0; round < ROUNDS; round++) {
      boolean v4 = random.nextBoolean();
      int length = v4 ? 32 : 128;
      BigInteger base = bits(length);
      int prefix = random.nextInt(length + 1);
      BigInteger other = base.flipBit(random.nextInt(length)); // near enough to matter
      boolean expected = base.shiftRight(length - prefix).equals(other.shiftRight(length - prefix));
      Cidr range = Cidr.parse(text(base, v4) + "/" + prefix);
      IpAddress address = IpAddress.parse(text(other, v4));
      assertThat(address).isNotNull();
      assertThat(address != null && range.contains(address))
          .as("%s %s", range, text(other, v4))
          .isEqualTo(expected);
      inside += expected ? 1 : 0;
    }
    assertThat(inside).isBetween(ROUNDS / 4, 3 * ROUNDS / 4);
  }

  @Test
  void whatIsNoRangeIsAnIllegalArgumentAndNothingElse() {
    for (int round = 0; round < ROUNDS; round++) {
      String text = Garbage.of(random, "0129af:.//[]- ", 16);
      try {
        assertThat(Cidr.parse(text)).hasToString(text);
      } catch (IllegalArgumentException e) {
        assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void numbersWithUnitsAreExactOrNothing() {
    Map<String, Long> bytes = Map.of("", 1L, "k", 1024L, "M", 1024L * 1024, "g", 1L << 30);
    for (int round = 0; round < ROUNDS; round++) {
      String digits = Garbage.of(random, "0123456789", 17);
      String unit = Garbage.oneOf(random, "", "k", "M", "g", "x", "kb", " k");
      Optional<Long> expected =
          Optional.ofNullable(bytes.get(unit))
              .filter(factor -> !digits.isEmpty() && digits.length() <= 15)
              .map(factor -> new BigInteger(digits).multiply(BigInteger.valueOf(factor)))
              .filter(product -> product.compareTo(LONG) <= 0)
              .map(BigInteger::longValueExact);
      assertThat(Values.limit(digits + unit)).as(digits + unit).isEqualTo(expected);
      assertThat(Values.size(digits + unit).map(Long::valueOf))
          .isEqualTo(expected.filter(n -> n <= Integer.MAX_VALUE));
      assertThat(Values.isNumber(digits + unit)).isEqualTo(unit.isEmpty() && expected.isPresent());
    }
  }

  @Test
  void aDurationIsReadAsItIsShown() {
    for (int round = 0; round < ROUNDS; round++) {
      Duration duration = Duration.ofMillis(random.nextLong(Duration.ofDays(366).toMillis()));
      assertThat(Values.duration(Values.text(duration))).contains(duration);
      assertThat(Values.duration(duration.toString())).contains(duration);
    }
  }

  @Test
  void anyTextIsAValueOrNone() {
    for (int round = 0; round < ROUNDS; round++) {
      String text = Garbage.of(random, "0199pPtTdDhHmMsSkKgG.-+ \u0661\u00e9", 22);
      Optional<Duration> duration = Values.duration(text);
      assertThat(duration.filter(Duration::isNegative)).as(text).isEmpty();
      assertThat(Values.size(text).filter(n -> n < 0)).as(text).isEmpty();
      assertThat(Values.number(text).isPresent())
          .as(text)
          .isEqualTo(text.matches("[0-9]{1,15}") && Long.parseLong(text) <= Integer.MAX_VALUE);
    }
  }

  @Test
  void placeholdersAreFilledInWhereverTheyStand() {
    Placeholders placeholders = new Placeholders(Map.of("s", "S}"), Map.of("e", "${E"));
    for (int round = 0; round < ROUNDS; round++) {
      List<String> text = new ArrayList<>();
      List<String> value = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        expression(3, text, value);
      }
      List<String> unresolved = new ArrayList<>();
      assertThat(placeholders.resolve(String.join("", text), unresolved))
          .as("%s", text)
          .isEqualTo(String.join("", value));
      assertThat(unresolved).isEmpty();
    }
  }

  /** Adds a text, and what it must become. */
  private void expression(int depth, List<String> text, List<String> value) {
    switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> both(Garbage.of(random, "ab:-$ ", 4).replace("$", "$ "), text, value);
      case 1 -> {
        text.add(Garbage.oneOf(random, "${env.e}", "${e}", "${env.e:-x}", "${e:${s}}"));
        value.add("${E");
      }
      case 2 -> {
        text.add(Garbage.oneOf(random, "${s}", "${s:}", "${s:-${none}}"));
        value.add("S}");
      }
      default -> {
        List<String> inside = new ArrayList<>();
        List<String> becomes = new ArrayList<>();
        expression(depth - 1, inside, becomes);
        text.add("${none:-" + String.join("", inside) + "}");
        value.addAll(becomes);
      }
    }
  }

  private static void both(String plain, List<String> text, List<String> value) {
    text.add(plain);
    value.add(plain);
  }

  @Test
  void aTextWithoutPlaceholdersStaysAndBrokenOnesAreReported() {
    Placeholders placeholders = new Placeholders(Map.of("a", "1"), Map.of("b", "2"));
    for (int round = 0; round < ROUNDS; round++) {
      String text = Garbage.of(random, "$${{}}ab:-", 14);
      List<String> unresolved = new ArrayList<>();
      String resolved = placeholders.resolve(text, unresolved);
      if (!text.contains("${")) {
        assertThat(resolved).isEqualTo(text);
      }
      if (resolved.contains("${a}") || resolved.contains("${b}")) {
        assertThat(unresolved).as(text).isNotEmpty();
      }
    }
  }

  @Test
  void aPinIsReadInEachSpelling() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      String base64 = Base64.getEncoder().encodeToString(hash);
      KeyPin pin = new KeyPin(HexFormat.of().formatHex(hash));
      assertThat(KeyPin.parse(base64)).contains(pin);
      assertThat(KeyPin.parse("sha256/" + base64)).contains(pin);
      assertThat(KeyPin.parse(HexFormat.of().withUpperCase().formatHex(hash))).contains(pin);
      String garbage = Garbage.of(random, "sha256/+=-_Aa", 70);
      assertThat(KeyPin.parse(garbage).filter(any -> any.hex().length() != 64)).isEmpty();
    }
  }

  private BigInteger bits(int length) {
    byte[] bytes = new byte[length / 8];
    random.nextBytes(bytes);
    return new BigInteger(1, bytes);
  }

  private static String text(BigInteger bits, boolean v4) {
    List<String> parts = new ArrayList<>();
    int step = v4 ? 8 : 16;
    for (int shift = v4 ? 24 : 112; shift >= 0; shift -= step) {
      int part = bits.shiftRight(shift).intValue() & ((1 << step) - 1);
      parts.add(v4 ? Integer.toString(part) : Integer.toHexString(part));
    }
    return String.join(v4 ? "." : ":", parts);
  }
}
