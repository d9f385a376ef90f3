package dev.gatehouse.soak;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Watches the server's resident memory, ten times a second, and keeps the most. */
final class ResidentMemory implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  private final ScheduledExecutorService sampling = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong most = new AtomicLong();

  ResidentMemory(ProcessFigures server) {
    var unused =
        sampling.scheduleAtFixedRate(() -> sample(server), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The most that was seen, in kilobytes. */
  long mostKilobytes() {
    return most.get();
  }

  private void sample(ProcessFigures server) {
    try {
      most.accumulateAndGet(server.residentKilobytes(), Math::max);
    } catch (IOException e) {
      most.set(Long.MAX_VALUE); // the server is gone, which no figure may hide
    }
  }

  @Override
  public void close() {
    sampling.shutdownNow();
  }
}
