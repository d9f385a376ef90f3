package dev.gatehouse.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread will make true; the one place in the tests that parks. */
public final class Await {
  /** Long enough for a busy machine; a test that passes never waits for it. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  /**
   * Waits at most {@link #PATIENCE}.
   *
   * @param what names the condition in the failure's message
   */
  public static void until(String what, Callable<Boolean> condition) {
    until(what, PATIENCE, condition);
  }

  /**
   * Polls until the condition holds. An {@link AssertionError} or exception in it means: not yet.
   *
   * @throws AssertionError if it does not hold in time, with the condition's last complaint
   */
  public static void until(String what, Duration limit, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Throwable complaint = null;
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception | AssertionError e) {
        complaint = e;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + what, complaint);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
