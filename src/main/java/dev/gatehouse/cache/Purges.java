package dev.gatehouse.cache;

/**
 * The last purges and invalidations, so that a response which was asked for before one, and comes
 * after it, is not stored. Thread-safe. Of more than it remembers, all are taken to be meant.
 */
final class Purges {
  private static final int REMEMBERED = 1_024;

  private final PurgeScope[] last = new PurgeScope[REMEMBERED];
  private volatile long count;

  /** How many there were; to be given back later. */
  long count() {
    return count;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  synchronized void add(PurgeScope scope) {
    last[(int) (count % REMEMBERED)] = scope;
    count++;
  }

  /**
   * Whether one since then has meant this response.
   *
   * @param before what {@link #count} was then
   */
  boolean concern(long before, String key, StoredResponse response) {
    return count != before && hasConcerned(before, key, response);
  }

  private synchronized boolean hasConcerned(long before, String key, StoredResponse response) {
    if (count - before > REMEMBERED) {
      return true;
    }
    for (long i = before; i < count; i++) {
      PurgeScope scope = last[(int) (i % REMEMBERED)];
      if (scope.hasKey(key) && scope.has(response)) {
        return true;
      }
    }
    return false;
  }
}
