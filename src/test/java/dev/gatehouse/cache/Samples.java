package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Stored responses for tests. */
final class Samples {
  /** When all of them came. */
  static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:00Z");

  private Samples() {}

  /** Fresh for an hour. */
  static StoredResponse stored(int status, String body, String... namesAndValues) {
    Duration none = Duration.ZERO;
    return new StoredResponse(
        status,
        Fields.of(namesAndValues),
        body.getBytes(StandardCharsets.ISO_8859_1),
        new Freshness(Duration.ofHours(1), none, RECEIVED, false, false, none, none),
        RECEIVED);
  }

  /** Of lines such as {@code Name: value}, with a bar between them. */
  static Fields fields(String lines) {
    List<String> namesAndValues = new ArrayList<>();
    for (String line : lines.split("\\|", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        namesAndValues.add(line.substring(0, colon).strip());
        namesAndValues.add(line.substring(colon + 1).strip());
      }
    }
    return Fields.of(namesAndValues);
  }

  /** The other way round. */
  static String text(Fields fields) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      lines.add(fields.name(i) + ": " + fields.value(i));
    }
    return String.join(" | ", lines);
  }
}
