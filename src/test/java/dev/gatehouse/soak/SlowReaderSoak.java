package dev.gatehouse.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that hardly reads does not make the proxy hoard its download.
 *
 * <p>What the proxy holds is what the backend has written, less what the client has read, less what
 * lies in the kernel's buffers of both connections, which the kernel tells in {@code
 * /proc/net/tcp}. While data flow these are read one after the other, so that the sum is blurred by
 * what moves meanwhile; once the client has stopped and nothing moves any more, it is exact but for
 * the last write of the backend and the last frame of the client.
 */
@ArquillianTest
@RunAsClient
@DisplayName("A slow reader")
final class SlowReaderSoak {
  private static final long MOST_HELD = 1 << 20;

  /**
   * The head, the frames' own bytes, the write and the frame under way: below that, it's a slip.
   */
  private static final long BLUR = 64 * 1024;

  private static final int RECEIVE_BUFFER = 32 * 1024;
  private static final int BYTES_A_SECOND = 64_000;
  private static final int SECONDS = 15;
  private static final int WRITE = 4096;
  private static final String HEAD_OF_A_GIGABYTE = "Content-Length: " + (1L << 30);

  /** Written by the backend, by target: a late writer of one case must not count in the next. */
  private static final Map<String, AtomicLong> WRITTEN = new ConcurrentHashMap<>();

  private static final Backend BACKEND = new Backend(SlowReaderSoak::answer);

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Settings.of(BACKEND));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  private static Script answer(Seen seen) {
    AtomicLong written = new AtomicLong();
    AtomicLong other = WRITTEN.putIfAbsent(seen.target(), written);
    return other == null
        ? Script.head(HEAD_OF_A_GIGABYTE).writing(out -> write(out, written))
        : Script.ofStatus(409); // the accounts are for one request each
  }

  private static void write(OutputStream out, AtomicLong written) throws IOException {
    byte[] block = new byte[WRITE];
    for (long left = 1L << 30; left > 0; left -= WRITE) {
      out.write(block);
      written.addAndGet(WRITE);
    }
  }

  /** How a client holds the proxy back. */
  private enum Brake {
    HTTP_1_SOCKET,
    HTTP_2_WINDOW,
    HTTP_2_SOCKET;

    Download open(int port) throws IOException {
      if (this == HTTP_1_SOCKET) {
        return new Http1Download(port, RECEIVE_BUFFER, "/" + this);
      }
      int window = this == HTTP_2_WINDOW ? Http2Wire.DEFAULT : Http2Wire.WIDEST;
      Http2Wire wire = new Http2Wire(port, RECEIVE_BUFFER, window);
      wire.open("GET", "/" + this);
      return wire;
    }
  }

  @ParameterizedTest
  @EnumSource(Brake.class)
  void holdsTheBackendBack(Brake brake) throws Exception {
    int front = server.http().getPort();
    int back = BACKEND.url().getPort();
    Await.until(
        "nothing is left in the kernel of the case before",
        () -> KernelQueues.of(front).bytes() + KernelQueues.of(back).bytes() == 0);
    long read = 0;
    long mostHeld = 0;
    try (Download download = brake.open(front)) {
      Await.until("at the backend", () -> WRITTEN.containsKey("/" + brake));
      AtomicLong counter = WRITTEN.getOrDefault("/" + brake, new AtomicLong());
      Pace pace = Pace.ofMillis(250);
      for (int quarters = 1; quarters <= SECONDS * 4; quarters++) {
        pace.await();
        while (read < (long) quarters * BYTES_A_SECOND / 4) {
          int count = download.read();
          assertThat(count).as("no end yet").isNotNegative();
          read += count;
        }
        long inKernel = KernelQueues.of(front).bytes() + KernelQueues.of(back).bytes();
        mostHeld = Math.max(mostHeld, counter.get() - read - inKernel);
      }
      awaitStandstill(counter);
      long written = counter.get();
      KernelQueues before = KernelQueues.of(front);
      KernelQueues behind = KernelQueues.of(back);
      long held = written - read - before.bytes() - behind.bytes();
      Figures.print(
          "%s: at %d kB/s the proxy holds at most %d kB; stopped: backend wrote %d kB, client read"
              + " %d kB, kernel holds %d + %d kB, so the proxy %d kB",
          brake,
          BYTES_A_SECOND / 1000,
          mostHeld / 1024,
          written / 1024,
          read / 1024,
          behind.bytes() / 1024,
          before.bytes() / 1024,
          held / 1024);
      assertThat(mostHeld).isLessThanOrEqualTo(MOST_HELD);
      assertThat(held)
          .as("wrote %d, read %d, before %s, behind %s", written, read, before, behind)
          .isBetween(-BLUR, MOST_HELD);
    }
  }

  private static void awaitStandstill(AtomicLong written) {
    AtomicLong last = new AtomicLong(-1);
    AtomicLong since = new AtomicLong();
    Await.until(
        "the backend can write no more",
        Duration.ofSeconds(60),
        () -> {
          if (last.getAndSet(written.get()) != written.get()) {
            since.set(System.nanoTime());
          }
          return System.nanoTime() - since.get() > TimeUnit.SECONDS.toNanos(2);
        });
  }
}
