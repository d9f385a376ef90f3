package dev.gatehouse.sample;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of a sample backend, to try failure by hand; unknown names mean nothing to it.
 *
 * @param status the answer's status, from 200 to 599
 * @param delay how long the backend waits before it answers
 * @param size the length of a made-up body; empty for the echo of the request
 * @param cacheControl the answer's Cache-Control field
 * @param abort whether the connection is cut after half of the body
 */
record Controls(
    int status, Duration delay, OptionalLong size, Optional<String> cacheControl, boolean abort) {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
  private static final long LARGEST_SIZE = 1L << 30;

  /**
   * Reads the controls of a raw query; of a repeated name the first counts.
   *
   * @throws IllegalArgumentException with an explanation when a value is malformed
   */
  static Controls parse(@Nullable String query) {
    Map<String, String> values = values(query);
    String abort = values.getOrDefault("abort", "");
    if (!abort.isEmpty() && !abort.equals("middle")) {
      throw new IllegalArgumentException("abort: '" + abort + "' is not 'middle'");
    }
    return new Controls(
        status(values.getOrDefault("status", "200")),
        delay(values.getOrDefault("delay", "0")),
        values.containsKey("size")
            ? OptionalLong.of(size(values.getOrDefault("size", "")))
            : OptionalLong.empty(),
        Optional.ofNullable(values.get("cacheControl")).map(Controls::fieldValue),
        !abort.isEmpty());
  }

  private static Map<String, String> values(@Nullable String query) {
    Map<String, String> values = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          values.putIfAbsent(pair.substring(0, equals), decode(pair.substring(equals + 1)));
        }
      }
    }
    return values;
  }

  /** A value that is no percent-encoding stays as it is: it may belong to somebody else. */
  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private static int status(String text) {
    if (!text.matches("[2-5][0-9][0-9]")) {
      throw new IllegalArgumentException("status: '" + text + "' is not a number from 200 to 599");
    }
    return Integer.parseInt(text);
  }

  private static Duration delay(String text) {
    Duration delay = explained("delay", () -> Units.duration(text, ChronoUnit.MILLIS));
    if (delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("delay: '" + text + "' is more than 10m");
    }
    return delay;
  }

  private static long size(String text) {
    long size = explained("size", () -> Units.bytes(text));
    if (size > LARGEST_SIZE) {
      throw new IllegalArgumentException("size: '" + text + "' is more than 1g");
    }
    return size;
  }

  private static String fieldValue(String text) {
    if (!text.matches("[ -~]*")) {
      throw new IllegalArgumentException("cacheControl: only printable ASCII makes a field");
    }
    return text;
  }

  private static <T> T explained(String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }
}
