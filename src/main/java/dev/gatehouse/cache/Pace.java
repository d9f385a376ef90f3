package dev.gatehouse.cache;

/**
 * How quickly a cluster answers. One that takes its time, though less than may be waited for, would
 * hold up each miss: so a slow answer weighs as much as several quick ones make good. Immutable.
 *
 * @param debt what slow answers have run up
 */
record Pace(int debt) {
  static final Pace QUICK = new Pace(0);

  private static final long SLOW_NANOS = ClusterCache.READ.toNanos() / 4;
  private static final int SLOW = 4; // more than a fifth may not be slow
  private static final int MOST = 40; // ten in a row

  static boolean isQuick(long nanos) {
    return nanos < SLOW_NANOS;
  }

  Pace after(long nanos) {
    if (!isQuick(nanos)) {
      return new Pace(debt + SLOW);
    }
    return debt == 0 ? this : new Pace(debt - 1);
  }

  /** Whether it is better not asked for a while. */
  boolean isTooSlow() {
    return debt >= MOST;
  }
}
