package dev.gatehouse.cache;

import static java.time.Duration.ofSeconds;

import dev.gatehouse.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Responses to store, and whether what is found is byte for byte what was stored. */
final class StoreSamples {
  static final Instant THEN = Instant.parse("2026-11-23T12:00:00.123456789Z");

  private StoreSamples() {}

  static StoredResponse response(String key, int bytes) {
    byte[] body = new byte[bytes];
    new SplittableRandom(key.hashCode()).nextBytes(body);
    return new StoredResponse(
        200,
        Fields.of("Date", "Mon, 23 Nov 2026 12:00:00 GMT", "ETag", "\"" + key + "\"", "X", "ü"),
        Fields.of("Surrogate-Key", "all " + key, "Cache-Tag", "a,b"),
        body,
        new Freshness(
            ofSeconds(60, 5), Duration.ZERO, THEN, false, true, ofSeconds(30), ofSeconds(90)),
        THEN.plusNanos(1));
  }

  static VaryIndex index() {
    List<List<String>> names = List.of(List.of("accept-encoding", "accept-language"), List.of());
    return new VaryIndex(-7, names, 3, -8, 4);
  }

  /** Whether it is what {@link #response} makes of the key. */
  static boolean isOf(String key, Stored stored) {
    StoredResponse found = (StoredResponse) stored;
    return isSame(response(key, found.body().length), found);
  }

  static boolean isSame(StoredResponse a, StoredResponse b) {
    return a.status() == b.status()
        && a.fields().equals(b.fields())
        && a.tags().equals(b.tags())
        && a.freshness().equals(b.freshness())
        && a.storedAt().equals(b.storedAt())
        && Arrays.equals(a.body(), b.body());
  }
}
