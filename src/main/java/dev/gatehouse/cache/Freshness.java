package dev.gatehouse.cache;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a stored response may be used, as far as that follows from the response alone (RFC 9111
 * §4.2). Worked out once, when it is stored.
 *
 * @param lifetime §4.2.1; zero if it may never be used without validation
 * @param initialAge corrected_initial_age of §4.2.3
 * @param receivedAt when the response came, from which its resident time counts
 * @param alwaysValidate no-cache without field names (§5.2.2.4): stale at once, but for {@code
 *     stale*}
 * @param forbidsStale must-revalidate, proxy-revalidate, s-maxage or no-cache (§4.2.4, §5.2.2)
 * @param staleWhileRevalidate RFC 5861 §3, from the response or by default; zero for none
 * @param staleIfError RFC 5861 §4, from the response or by default; zero for none
 */
public record Freshness(
    Duration lifetime,
    Duration initialAge,
    Instant receivedAt,
    boolean alwaysValidate,
    boolean forbidsStale,
    Duration staleWhileRevalidate,
    Duration staleIfError) {

  /** current_age of §4.2.3; never negative. */
  public Duration ageAt(Instant now) {
    Duration resident = Duration.between(receivedAt, now);
    return resident.isNegative() ? initialAge : initialAge.plus(resident);
  }

  /** The same with a lifetime that ends now; the windows for stale use begin with that. */
  Freshness endingAt(Instant now) {
    return new Freshness(
        ageAt(now),
        initialAge,
        receivedAt,
        alwaysValidate,
        forbidsStale,
        staleWhileRevalidate,
        staleIfError);
  }

  /** Whether it may be used as it is (§4.2). */
  public boolean isFreshAt(Instant now) {
    return isFreshAt(ageAt(now));
  }

  /** The same at an age. */
  boolean isFreshAt(Duration age) {
    return !alwaysValidate && age.compareTo(lifetime) < 0;
  }
}
