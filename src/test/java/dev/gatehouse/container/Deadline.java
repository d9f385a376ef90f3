package dev.gatehouse.container;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another process brings about, but not for ever. */
public final class Deadline {
  private static final long PAUSE_MILLIS = 50;

  private Deadline() {}

  /**
   * Returns whether the condition came true within the limit.
   *
   * @throws IllegalStateException if the thread is interrupted
   */
  public static boolean within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting", e);
      }
    }
    return true;
  }
}
