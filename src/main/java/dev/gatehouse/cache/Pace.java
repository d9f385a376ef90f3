package dev.gatehouse.cache;

/**
 * How quickly a cluster answers. One that takes its time, though less than may be waited for, would
 * hold up each miss: so a slow answer weighs as much as several quick ones make good. Those that
 * were waited for at once are one: a single pause, there or here, is behind all of them. Immutable.
 *
 * @param debt what slow answers have run up
 * @param sinceNanos when the last of them came; who had asked before that is not counted as slow
 */
record Pace(int debt, long sinceNanos) {
  private static final long SLOW_NANOS = ClusterCache.READ.toNanos() / 4;
  private static final int SLOW = 4; // more than a fifth may not be slow
  private static final int MOST = 40; // ten in a row

  /** Nothing is known of it yet. */
  static Pace since(long nanos) {
    return new Pace(0, nanos);
  }

  static boolean isQuick(long nanos) {
    return nanos < SLOW_NANOS;
  }

  /** After an answer to what was asked then. */
  Pace after(long askedNanos, long answeredNanos) {
    if (isQuick(answeredNanos - askedNanos)) {
      return debt == 0 ? this : new Pace(debt - 1, sinceNanos);
    }
    return askedNanos - sinceNanos < 0 ? this : new Pace(debt + SLOW, answeredNanos);
  }

  /** Whether it is better not asked for a while. */
  boolean isTooSlow() {
    return debt >= MOST;
  }
}
