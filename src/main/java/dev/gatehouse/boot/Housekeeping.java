package dev.gatehouse.boot;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small work at intervals, on two daemon threads: one keeps time and waits for nothing, the other
 * may be held up by a disk or by the log. Closing it ends both.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration COMPLAINT = Duration.ofSeconds(1);

  private final ScheduledThreadPoolExecutor time = thread("gatehouse-time");
  private final ScheduledThreadPoolExecutor rest = thread("gatehouse-housekeeping");

  private static ScheduledThreadPoolExecutor thread(String name) {
    return new ScheduledThreadPoolExecutor(
        1,
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Does the work again and again, whatever holds the other up. It must touch neither disk nor log;
   * what it throws is logged by the other thread, and ends nothing.
   */
  void inTime(Duration pause, Runnable work) {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    repeat(time, pause, work, thrown::set);
    every(COMPLAINT, () -> complain(thrown.getAndSet(null)));
  }

  /** Does the work again and again; what it throws is logged and ends nothing. */
  void every(Duration pause, Runnable work) {
    repeat(rest, pause, work, Housekeeping::complain);
  }

  private static void complain(@Nullable Throwable thrown) {
    if (thrown != null) {
      LOG.warn("housekeeping failed", thrown);
    }
  }

  private interface Failed {
    void by(Throwable thrown);
  }

  private static void repeat(
      ScheduledThreadPoolExecutor on, Duration pause, Runnable work, Failed failed) {
    var unused =
        on.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                failed.by(e);
              }
            },
            pause.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    time.shutdownNow();
    rest.shutdownNow();
    try {
      boolean ended = time.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      ended &= rest.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        LOG.warn("the housekeeping threads did not end within {} s", GRACE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
