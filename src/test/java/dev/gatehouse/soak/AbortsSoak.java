package dev.gatehouse.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.container.Status;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Parallel;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients that leave in the middle leave nothing behind. */
@ArquillianTest
@RunAsClient
@DisplayName("Aborts")
final class AbortsSoak {
  private static final int ABORTS = 1_000;
  private static final int WARM_UP = 1_000; // until Undertow's caches are full, too

  /** So few that none is left if two aborts in a hundred keep their connections. */
  private static final int POOL = 16;

  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(4);
  private static final int MORE_THREADS = 8;
  private static final int MORE_KILOBYTES = 2 * 1024;

  private static final Departures DEPARTURES = new Departures();
  private static final CountDownLatch TOGETHER = new CountDownLatch(POOL);
  private static final Backend BACKEND = new Backend(AbortsSoak::answer);

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(
        Settings.with(
            Settings.of(BACKEND), "proxy.upstream.maxConnections", Integer.toString(POOL)));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  private static Script answer(Seen seen) {
    if (seen.target().equals("/together")) {
      TOGETHER.countDown();
      return Script.raw("").pause(TOGETHER).send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
    return DEPARTURES.script(seen);
  }

  @Test
  void leaveNothingBehind() throws Exception {
    Aborter downloads = Aborter.ofDownloads(server.http().getPort(), DEPARTURES);
    Aborter uploads = Aborter.ofUploads(server.http().getPort(), DEPARTURES);
    run("downloads to warm up", WARM_UP, downloads);
    run("uploads to warm up", WARM_UP, uploads);
    ProcessFigures process = ProcessFigures.ofServer();
    long threads = process.threads();
    long heap = process.liveHeapKilobytes();

    run("downloads", ABORTS, downloads);
    run("uploads", ABORTS, uploads);
    useThePool();

    long threadsAfter = process.threads();
    long heapAfter = process.liveHeapKilobytes();
    Figures.print(
        "aborts: threads %d before, %d after; live heap %d kB before, %d kB after",
        threads, threadsAfter, heap, heapAfter);
    assertThat(threadsAfter).isLessThanOrEqualTo(threads + MORE_THREADS);
    assertThat(heapAfter).isLessThanOrEqualTo(heap + MORE_KILOBYTES);
  }

  private void run(String what, int count, Aborter aborter) throws Exception {
    DEPARTURES.clear();
    Parallel.run(8, count, aborter::abort);
    Await.until(
        "the backend sees all of them end",
        () -> {
          KernelQueues queues = KernelQueues.of(BACKEND.url().getPort());
          assertThat(DEPARTURES.noticed())
              .as("%s; in the kernel: %s", DEPARTURES.missing(), queues.sockets())
              .isEqualTo(count);
          return true;
        });
    Histogram micros = DEPARTURES.micros();
    Status.awaitNothingInFlight(server);
    Await.until(
        "a pool that is full at most, and a check", () -> BACKEND.openConnections() <= POOL + 1);
    Figures.print(
        "aborts: %d %s; cancelled at the backend after p50 %.1f ms, p99 %.1f ms, max %.1f ms;"
            + " then nothing in flight, %d connections open",
        count,
        what,
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getMaxValue() / 1000.0,
        BACKEND.openConnections());
    assertThat(micros.getMaxValue()).isLessThanOrEqualTo(CLOSED_WITHIN.toNanos() / 1000);
  }

  /** Fills the pool once: the backend answers only when all are there at the same time. */
  private void useThePool() throws Exception {
    Parallel.run(
        POOL,
        POOL,
        number -> {
          try (RawClient client = RawClient.to(server.http())) {
            assertThat(client.get("/together", Settings.KEY_LINE).text()).isEqualTo("ok");
          }
        });
    Figures.print("aborts: all %d connections of the pool in use at once afterwards", POOL);
  }
}
