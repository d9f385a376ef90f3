package dev.gatehouse.health;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** When the next check of a backend is due: an interval after the last one began, give or take. */
record Schedule(Timer timer, LongSupplier nanoTime, RandomGenerator random) {
  private static final double JITTER = 0.1;

  /** Does the work as soon as the thread is free. */
  void now(Runnable work) {
    timer.after(Duration.ZERO, work);
  }

  /** Does the work an interval (plus or minus 10 %) after the start, or now if that is past. */
  void next(long startNanos, Duration interval, Runnable work) {
    plan(startNanos, interval, 1 - JITTER + 2 * JITTER * random.nextDouble(), work);
  }

  /**
   * The same, always 10 % less: a backend whose checks begin to fail is out within as many
   * intervals as failures are allowed, whenever the failing began.
   */
  void early(long startNanos, Duration interval, Runnable work) {
    plan(startNanos, interval, 1 - JITTER, work);
  }

  private void plan(long startNanos, Duration interval, double factor, Runnable work) {
    long dueNanos = startNanos + (long) (interval.toNanos() * factor);
    timer.after(Duration.ofNanos(Math.max(0, dueNanos - nanoTime.getAsLong())), work);
  }
}
