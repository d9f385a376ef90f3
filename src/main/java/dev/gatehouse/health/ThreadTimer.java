package dev.gatehouse.health;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A timer on one daemon thread of its own, which starts with the first work.
 *
 * <p>Thread-safe.
 */
final class ThreadTimer implements Timer {
  private static final Logger log = LoggerFactory.getLogger(ThreadTimer.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final ScheduledThreadPoolExecutor executor;

  ThreadTimer(String threadName) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, threadName);
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void after(Duration delay, Runnable work) {
    try {
      var unused = executor.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("Closed: work is dropped");
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("The health thread did not end within {} s", GRACE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
