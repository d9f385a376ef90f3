package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HttpDate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fields as tests write them: {@code Name: value | Name: value}. */
final class Responses {
  static final Instant T0 = Instant.parse("2026-11-23T12:00:00Z");

  private Responses() {}

  /** {@code @n} in a value is the HTTP date n seconds after T0. */
  static Fields fields(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\\|", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        lines.add(line.substring(0, colon).strip());
        lines.add(value(line.substring(colon + 1).strip()));
      }
    }
    return Fields.of(lines);
  }

  private static String value(String text) {
    return text.startsWith("@")
        ? HttpDate.format(T0.plusSeconds(Long.parseLong(text.substring(1))))
        : text;
  }
}
