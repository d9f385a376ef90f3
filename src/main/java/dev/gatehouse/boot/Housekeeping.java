package dev.gatehouse.boot;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small work at intervals, on one daemon thread. Closing it ends the thread. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final ScheduledThreadPoolExecutor executor;

  Housekeeping() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "gatehouse-housekeeping");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does the work again and again; what it throws is logged and ends nothing. */
  void every(Duration pause, Runnable work) {
    var unused =
        executor.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                LOG.warn("housekeeping failed", e);
              }
            },
            pause.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the housekeeping thread did not end within {} s", GRACE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
