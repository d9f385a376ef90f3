package dev.gatehouse.soak;

import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Ordinary requests at an even rate; a latency counts from when its request was due. */
final class Traffic {
  private static final int CLIENTS = 8;
  private static final int MILLIS_BETWEEN = 40; // for each client: 200 requests a second in all
  private static final int DIGITS = 3;

  private Traffic() {}

  /** Latencies in microseconds. */
  static Histogram run(int port, int seconds) throws Exception {
    Histogram all = new Histogram(DIGITS);
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Histogram>> parts = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        parts.add(threads.submit(() -> one(port, seconds * 1000 / MILLIS_BETWEEN)));
      }
      for (Future<Histogram> part : parts) {
        all.add(part.get());
      }
    } finally {
      threads.shutdownNow();
    }
    return all;
  }

  private static Histogram one(int port, int requests) throws IOException {
    Histogram micros = new Histogram(DIGITS);
    try (RawClient client = RawClient.to(port)) {
      Pace pace = Pace.ofMillis(MILLIS_BETWEEN);
      for (int i = 0; i < requests; i++) {
        long due = pace.await();
        Reply reply = client.get("/ordinary", Settings.KEY_LINE);
        micros.recordValue((System.nanoTime() - due) / 1000);
        if (reply.status() != 200 || !reply.isWhole()) {
          throw new IOException("an ordinary request failed: " + reply);
        }
      }
    }
    return micros;
  }

  static String words(Histogram micros) {
    return "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d requests)"
        .formatted(
            micros.getValueAtPercentile(50) / 1000.0,
            micros.getValueAtPercentile(99) / 1000.0,
            micros.getMaxValue() / 1000.0,
            micros.getTotalCount());
  }
}
