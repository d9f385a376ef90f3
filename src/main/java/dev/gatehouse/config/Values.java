package dev.gatehouse.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What values mean: pure functions from text, empty for what is not well-formed. */
final class Values {
  private static final Map<String, Long> MILLIS =
      Map.of("", 1L, "ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

  /** Longer ones are slips, and overflow when somebody counts nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private Values() {}

  static Optional<Boolean> flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "on" -> Optional.of(true);
      case "false", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  static Optional<Integer> number(String text) {
    return scaled(text, Map.of("", 1L)).filter(n -> n <= Integer.MAX_VALUE).map(Long::intValue);
  }

  /** In bytes; at most what an array can hold. */
  static Optional<Integer> size(String text) {
    return scaled(text, BYTES).filter(n -> n <= Integer.MAX_VALUE).map(Long::intValue);
  }

  /** In bytes. */
  static Optional<Long> limit(String text) {
    return scaled(text, BYTES);
  }

  static Optional<Duration> duration(String text) {
    try {
      return scaled(text, MILLIS)
          .map(Duration::ofMillis)
          .or(() -> Optional.of(Duration.parse(text)))
          .filter(d -> !d.isNegative() && d.compareTo(LONGEST) <= 0);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** As an operator would write it. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  static boolean isNumber(String text) {
    return scaled(text, Map.of("", 1L)).isPresent();
  }

  private static Optional<Long> scaled(String text, Map<String, Long> units) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    Long unit = units.get(text.substring(end).toLowerCase(Locale.ROOT));
    if (end == 0 || end > 15 || unit == null) {
      return Optional.empty();
    }
    long number = Long.parseLong(text.substring(0, end));
    return number > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(number * unit);
  }
}
