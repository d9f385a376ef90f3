package dev.gatehouse.sample;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, sizes and rates as people type them: {@code 250ms}, {@code 100k}, {@code 100/s}. */
final class Units {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(|ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(|k|m|g)");
  private static final Pattern RATE = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,6})?)(?:/(s|m))?");

  private Units() {}

  /**
   * A duration with a unit of {@code ms}, {@code s}, {@code m} or {@code h}, or a bare number.
   *
   * @param bare the unit of a bare number
   * @throws IllegalArgumentException with an explanation when the text is no duration
   */
  static Duration duration(String text, ChronoUnit bare) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration such as 250ms, 10s, 1m or 1h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.of(number, bare);
    };
  }

  /**
   * A number of bytes, with {@code k}, {@code m} or {@code g} for powers of 1024.
   *
   * @throws IllegalArgumentException with an explanation when the text is no size
   */
  static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a size such as 512, 100k or 2m");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "k" -> number << 10;
      case "m" -> number << 20;
      case "g" -> number << 30;
      default -> number;
    };
  }

  /**
   * A positive rate in events per second: {@code 100}, {@code 0.5}, {@code 100/s}, {@code 30/m}.
   *
   * @throws IllegalArgumentException with an explanation when the text is no rate
   */
  static double perSecond(String text) {
    Matcher matcher = RATE.matcher(text);
    if (matcher.matches()) {
      double number = Double.parseDouble(matcher.group(1));
      if (number > 0) {
        return "m".equals(matcher.group(2)) ? number / 60 : number;
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a positive rate such as 100, 0.5, 100/s or 30/m");
  }
}
