package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signs of life, and an end that cuts nobody off. */
@ArquillianTest
@RunAsClient
@DisplayName("Start and stop")
final class LifecycleStoryIT {
  private static final int DOWNLOADS = 200;
  private static final String HALF = "x".repeat(30_000);

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void signsOfLifeNeedNoKeyAndAskNoBackend() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("hello"))) {
      backend.stop(); // which has no say
      Map<String, String> settings =
          Settings.with(Settings.of(backend), "proxy.status.access", "off");
      try (Gatehouse gatehouse = Gatehouse.deploy(settings);
          RawClient client = RawClient.to(gatehouse.http())) {
        for (String path : List.of("/_proxy/live", "/_proxy/ready")) {
          Reply reply = client.get(path);
          assertThat(reply.status()).isEqualTo(200);
          assertThat(reply.header("Cache-Control")).contains("no-store");
          assertThat(reply.text()).isEmpty();
          assertThat(client.exchange("HEAD " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").status())
              .isEqualTo(200);
          assertThat(
                  client
                      .exchange(
                          "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                      .status())
              .isEqualTo(405);
        }
        assertThat(client.get("/_proxy/status", Settings.ADMIN_LINE).status()).isEqualTo(404);
        assertThat(client.get("/_proxy/live/x", Settings.ADMIN_LINE).status()).isEqualTo(404);
        assertThat(client.get("/_proxy/backends", Settings.ADMIN_LINE).status()).isEqualTo(404);
      }
      assertThat(backend.requests()).isEmpty();
    }
  }

  /** R13. */
  @Test
  void undeploymentWaitsForDownloadsOfFiveSeconds() throws Exception {
    CountDownLatch fiveSeconds = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(DOWNLOADS + 1);
    try (Backend backend =
        new Backend(
            seen ->
                Script.head("Content-Length: " + 2 * HALF.length())
                    .send(HALF)
                    .pause(fiveSeconds)
                    .send(HALF))) {
      Gatehouse gatehouse =
          Gatehouse.deploy(Settings.with(Settings.of(backend), "proxy.shutdownTimeout", "30s"));
      CountDownLatch begun = new CountDownLatch(DOWNLOADS);
      List<Future<Reply>> downloads = new ArrayList<>();
      for (int i = 0; i < DOWNLOADS; i++) {
        downloads.add(threads.submit(() -> download(begun)));
      }
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      Future<?> end =
          threads.submit(
              () -> {
                Await.until("the wait", () -> server.log().contains("Waiting for " + DOWNLOADS));
                var unused = fiveSeconds.await(5, TimeUnit.SECONDS);
                fiveSeconds.countDown();
                return 0;
              });
      gatehouse.close(); // Arquillian's deployer knows its own thread only
      end.get(1, TimeUnit.SECONDS);
      int whole = 0;
      for (Future<Reply> each : downloads) {
        whole += each.get(60, TimeUnit.SECONDS).text().equals(HALF + HALF) ? 1 : 0;
      }
      System.out.println("R13 on " + server.name() + ": " + whole + " of " + DOWNLOADS + " whole");
      assertThat(whole).isEqualTo(DOWNLOADS);
    } finally {
      threads.shutdownNow();
    }
    Await.until("no thread of ours", () -> ServerThreads.ours().isEmpty());
  }

  @Test
  void undeploymentDoesNotWaitForEver() throws Exception {
    try (Backend backend = new Backend(seen -> Script.head("Content-Length: 9").send("x").hang())) {
      Gatehouse gatehouse = Gatehouse.deploy(Settings.of(backend));
      try (RawClient client = RawClient.to(gatehouse.http())) {
        client.send("GET / HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
        String unused = client.readUntil("\r\n\r\nx");
        gatehouse.close();
        assertThat(client.isAtEnd()).as("cut, not completed").isTrue();
      }
    }
    Await.until("no thread of ours", () -> ServerThreads.ours().isEmpty());
  }

  @Test
  void undeploymentWaitsForARefreshThatNoClientWaitsFor() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger asking = new AtomicInteger();
    String stale = "Cache-Control: max-age=0, stale-while-revalidate=600";
    try (Backend backend =
        new Backend(
            seen -> {
              if (asking.getAndIncrement() == 0) {
                return Script.ofStatus(200, stale, "ETag: \"a\"");
              }
              asked.countDown();
              return Script.raw("")
                  .pause(goOn)
                  .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            })) {
      Gatehouse gatehouse =
          Gatehouse.deploy(Settings.with(Settings.of(backend), "proxy.shutdownTimeout", "60s"));
      assertThat(word(gatehouse)).isEqualTo("MISS");
      Status.awaitNothingInFlight(server);
      assertThat(word(gatehouse)).isEqualTo("STALE");
      asked.await();
      int before = server.log().length();
      Thread release =
          new Thread(
              () -> {
                Await.until(
                    "the wait",
                    () -> server.log().substring(before).contains("Waiting for 1 requests"));
                goOn.countDown();
              });
      release.start();
      gatehouse.close();
      assertThat(goOn.getCount()).as("it was waited for").isZero();
      release.join();
      assertThat(server.log().substring(before)).doesNotContain("are cut off");
    }
    Await.until("no thread of ours", () -> ServerThreads.ours().isEmpty());
  }

  private static String word(Gatehouse gatehouse) throws Exception {
    try (RawClient client = RawClient.to(gatehouse.http())) {
      return Cached.word(
          client.exchange("GET / HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n"));
    }
  }

  private Reply download(CountDownLatch begun) throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      client.send("GET /download HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      return client.readFinal(false, begun::countDown);
    }
  }
}
