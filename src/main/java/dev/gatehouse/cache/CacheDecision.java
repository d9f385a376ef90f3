package dev.gatehouse.cache;

/** What is done with a request that the cache looks at. */
public sealed interface CacheDecision {
  /** Answered from store. */
  sealed interface FromStore extends CacheDecision {
    StoredResponse stored();

    /** Whole seconds, for Age. */
    long age();

    /** Whole seconds of freshness that are left; negative: it is stale (RFC 9211 §2.4). */
    default long ttl() {
      return stored().freshness().lifetime().toSeconds() - age();
    }
  }

  /** What is stored is fresh. */
  record Hit(StoredResponse stored, long age) implements FromStore {}

  /**
   * What is stored is stale, and used nevertheless.
   *
   * @param refresh whether the origin is to be asked meanwhile (RFC 5861 §3)
   */
  record StaleHit(StoredResponse stored, long age, boolean refresh) implements FromStore {
    @Override
    public long ttl() {
      return Math.min(-1, FromStore.super.ttl()); // though it may be a part of a second only
    }
  }

  /**
   * The origin is asked, with {@link Validators} if there are any; what is stored is updated by its
   * answer, or replaced, or stands in for it ({@link CachePolicy#onFailure}).
   */
  record Revalidate(StoredResponse stored, Forward reason) implements CacheDecision {}

  /** The origin is asked, and nothing can stand in for its answer. */
  record Miss(Forward reason) implements CacheDecision {}

  /** The client wants nothing but what is stored, and nothing is of use: 504. */
  record Unsatisfiable() implements CacheDecision {}
}
