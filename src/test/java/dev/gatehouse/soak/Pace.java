package dev.gatehouse.soak;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Even steps in time; a late step does not delay those after it. */
final class Pace {
  private final long begin = System.nanoTime();
  private final long stepNanos;
  private long steps;

  private Pace(long stepNanos) {
    this.stepNanos = stepNanos;
  }

  static Pace ofMillis(long millis) {
    return new Pace(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Waits for the next step, and returns when it was due. */
  long await() {
    steps++;
    long due = begin + steps * stepNanos;
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return due;
  }
}
