package dev.gatehouse.cache;

import java.time.Duration;

/**
 * How long a response may still be of use, counted from when it is stored, which is far beyond its
 * freshness: stale windows (RFC 5861), a client's max-stale, a backend that can't be reached (RFC
 * 9111 §4.2.4), and, with a validator, a 304 that makes it fresh again (§4.3). A tier that forgets
 * it after this loses nothing but room that is wasted.
 */
final class Retention {
  /** A backend that is down over a weekend. */
  private static final Duration STALE = Duration.ofDays(3);

  /** What nobody has asked for in a month is no loss, whatever its validator is worth. */
  private static final Duration VALIDATED = Duration.ofDays(30);

  private Retention() {}

  static int secondsOf(Stored stored) {
    if (!(stored instanceof StoredResponse response)) {
      return Integer.MAX_VALUE; // an index must outlive its variants
    }
    Freshness freshness = response.freshness();
    Duration window = longer(freshness.staleWhileRevalidate(), freshness.staleIfError());
    boolean validator = response.fields().has("ETag") || response.fields().has("Last-Modified");
    long seconds =
        Math.max(0, freshness.lifetime().toSeconds() - freshness.initialAge().toSeconds());
    seconds = plus(seconds, window.toSeconds());
    seconds = plus(seconds, (validator ? VALIDATED : STALE).toSeconds());
    return (int) Math.min(seconds, Integer.MAX_VALUE);
  }

  private static long plus(long seconds, long more) {
    return Math.min(seconds, Integer.MAX_VALUE) + Math.min(more, Integer.MAX_VALUE);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }
}
