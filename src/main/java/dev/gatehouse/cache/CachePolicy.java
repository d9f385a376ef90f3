package dev.gatehouse.cache;

import dev.gatehouse.cache.CacheDecision.FromStore;
import dev.gatehouse.cache.CacheDecision.Hit;
import dev.gatehouse.cache.CacheDecision.Miss;
import dev.gatehouse.cache.CacheDecision.Revalidate;
import dev.gatehouse.cache.CacheDecision.StaleHit;
import dev.gatehouse.cache.CacheDecision.Unsatisfiable;
import dev.gatehouse.config.CacheConfig.Rules;
import dev.gatehouse.http.CacheControl;
import dev.gatehouse.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** RFC 9111 §4 as arithmetic: no clock, no I/O, no servlet types; every input is an argument. */
public final class CachePolicy {
  private static final int FIRST_ERROR = 500;

  private final boolean heedsClients;

  /**
   * By these rules.
   *
   * @param rules say whether a client's own directives count (§5.2.1: they are advisory)
   */
  public CachePolicy(Rules rules) {
    heedsClients = rules.requestDirectives();
  }

  /**
   * Decides on a request whose method is one that is answered from store.
   *
   * @param found the stored response that key and Vary select
   * @param absent why there is none, if there is none
   */
  public CacheDecision decide(
      Fields request, Optional<StoredResponse> found, Forward absent, Instant now) {
    CacheControl wish = wish(request);
    CacheDecision decision =
        wish.noStore() // §5.2.1.5: what it asks for is not to meet what is stored
            ? new Miss(Forward.REQUEST)
            : found
                .<CacheDecision>map(stored -> use(wish, stored, now))
                .orElseGet(() -> new Miss(absent));
    return wish.onlyIfCached() && !(decision instanceof FromStore)
        ? new Unsatisfiable() // §5.2.1.7
        : decision;
  }

  /**
   * What answers a request instead of an origin that was asked and failed (§4.2.4).
   *
   * @param stored what the origin was asked to validate
   * @return empty: the failure itself
   */
  public Optional<FromStore> onFailure(
      Fields request, StoredResponse stored, Failure failure, Instant now) {
    CacheControl wish = wish(request);
    if (stored.status() >= FIRST_ERROR || wish.noCache() || wish.noStore()) {
      return Optional.empty(); // an old error is no better than a new one
    }
    Freshness freshness = stored.freshness();
    Duration age = freshness.ageAt(now);
    if (freshness.isFreshAt(age)) {
      return Optional.of(new Hit(stored, age.toSeconds()));
    }
    if (freshness.alwaysValidate() || freshness.forbidsStale()) {
      return Optional.empty(); // §5.2.2.2: 504, not what is stale
    }
    Duration window = orElse(wish.staleIfError(), freshness.staleIfError()); // RFC 5861 §4
    boolean limited = wish.staleIfError().isPresent() || !freshness.staleIfError().isZero();
    boolean usable =
        isWithin(age, freshness.lifetime(), window)
            || (failure == Failure.UNREACHABLE && !limited); // §4.2.4: disconnected
    return usable ? Optional.of(new StaleHit(stored, age.toSeconds(), false)) : Optional.empty();
  }

  /** What of the request is the cause, if it goes on for this reason. */
  Optional<Bypass> bypass(Forward reason, Fields request) {
    if (reason != Forward.REQUEST) {
      return reason == Forward.METHOD ? Optional.of(Bypass.METHOD) : Optional.empty();
    }
    CacheControl wish = wish(request);
    if (wish.noStore()) {
      return Optional.of(Bypass.NO_STORE);
    }
    if (wish.noCache()) {
      return Optional.of(Bypass.NO_CACHE);
    }
    if (request.has("If-Match") || request.has("If-Unmodified-Since")) {
      return Optional.of(Bypass.PRECONDITION);
    }
    return Optional.of(wish.maxAge().isPresent() ? Bypass.MAX_AGE : Bypass.MIN_FRESH);
  }

  private static CacheDecision use(CacheControl wish, StoredResponse stored, Instant now) {
    Freshness freshness = stored.freshness();
    Duration age = freshness.ageAt(now); // §4.2.3
    if (wish.noCache()) {
      return new Revalidate(stored, Forward.REQUEST); // §5.2.1.4
    }
    return freshness.isFreshAt(age) ? useFresh(wish, stored, age) : useStale(wish, stored, age);
  }

  private static CacheDecision useFresh(CacheControl wish, StoredResponse stored, Duration age) {
    Duration lasting = age.plus(orElse(wish.minFresh(), Duration.ZERO)); // §5.2.1.3
    boolean lasts = lasting.compareTo(stored.freshness().lifetime()) <= 0;
    return lasts && (isYoungEnough(wish, age) || isImmutable(stored))
        ? new Hit(stored, age.toSeconds())
        : new Revalidate(stored, Forward.REQUEST);
  }

  private static CacheDecision useStale(CacheControl wish, StoredResponse stored, Duration age) {
    Freshness freshness = stored.freshness();
    boolean unfit =
        freshness.alwaysValidate() || wish.minFresh().isPresent() || !isYoungEnough(wish, age);
    if (unfit) {
      return new Revalidate(stored, Forward.STALE);
    }
    Duration tolerated = orElse(wish.maxStale(), Duration.ZERO); // §5.2.1.2
    boolean willing = wish.maxAge().isEmpty() || wish.maxStale().isPresent(); // §5.2.1.1
    if (willing && isWithin(age, freshness.lifetime(), freshness.staleWhileRevalidate())) {
      return new StaleHit(stored, age.toSeconds(), true); // RFC 5861 §3
    }
    return !freshness.forbidsStale() && isWithin(age, freshness.lifetime(), tolerated)
        ? new StaleHit(stored, age.toSeconds(), false)
        : new Revalidate(stored, Forward.STALE);
  }

  /** §5.2.1.1, extended by what may be stale. */
  private static boolean isYoungEnough(CacheControl wish, Duration age) {
    if (wish.maxAge().isEmpty()) {
      return true;
    }
    Duration most = orElse(wish.maxAge(), Duration.ZERO);
    return age.compareTo(most.plus(orElse(wish.maxStale(), Duration.ZERO))) <= 0;
  }

  /** RFC 8246 §2: a reload, unless by no-cache, need not validate what can't change. */
  private static boolean isImmutable(StoredResponse stored) {
    return CacheControl.parse(stored.fields().all("Cache-Control")).immutable();
  }

  /** Whether it is stale by no more than the window. */
  private static boolean isWithin(Duration age, Duration lifetime, Duration window) {
    return !window.isZero() && age.compareTo(lifetime.plus(window)) <= 0;
  }

  /** The client's directives as far as they count. */
  private CacheControl wish(Fields request) {
    if (!heedsClients) {
      return CacheControl.NONE;
    }
    CacheControl wish = CacheControl.parse(request.all("Cache-Control"));
    if (wish.isPresent() || !request.has("Pragma")) {
      return wish;
    }
    CacheControl pragma = CacheControl.parse(request.all("Pragma"));
    return pragma.noCache() ? CacheControl.NO_CACHE : wish; // §5.4
  }

  private static Duration orElse(OptionalLong seconds, Duration other) {
    return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : other;
  }
}
