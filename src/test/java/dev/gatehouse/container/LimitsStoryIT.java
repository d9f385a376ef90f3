package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No more at once than a backend may have; the others wait for a while, or hear so at once. */
@ArquillianTest
@RunAsClient
@DisplayName("Limits and the queue")
final class LimitsStoryIT {
  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void thoseBeyondTheLimitWaitAndAllAreServed() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Backend backend = new Backend(counting(now, most));
        Gatehouse gatehouse =
            Gatehouse.deploy(
                with(backend, "proxy.limit.maxInFlight=3", "proxy.queue.timeout=30s"))) {
      assertThat(gatehouse.http()).isEqualTo(server.http());
      List<Timed> replies = together(30, "/");
      assertThat(replies).allMatch(timed -> timed.reply().status() == 200);
      assertThat(most.get()).isBetween(2, 3);
      Status.awaitNothingInFlight(server);
    }
  }

  @Test
  void whoWaitsForTooLongHearsWhenToComeAgain() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    try (Backend backend = new Backend(seen -> waitingFor(free));
        Gatehouse gatehouse =
            Gatehouse.deploy(
                with(
                    backend,
                    "proxy.limit.maxInFlight=1",
                    "proxy.queue.timeout=300ms",
                    "proxy.queue.maxRequests=1"));
        RawClient first = RawClient.to(gatehouse.http())) {
      first.send("GET /first HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      Seen seen = backend.request("/first");
      assertThat(seen.target()).isEqualTo("/first");

      List<Timed> others = together(2, "/others"); // one waits, the other has no place to
      assertThat(others)
          .allSatisfy(
              timed -> {
                assertThat(timed.reply().status()).isEqualTo(503);
                assertThat(timed.reply().header("Retry-After")).isPresent();
              });
      assertThat(others.get(1).millis()).isBetween(200L, 2_000L);
      assertThat(others.get(0).millis()).isLessThan(others.get(1).millis());
      free.countDown();
      assertThat(first.readFinal(false).status()).isEqualTo(200);
      assertThat(backend.requests()).hasSize(1);
      Status.awaitNothingInFlight(server);
    }
  }

  @Test
  void aPlaceThatBecomesFreeIsGivenOn() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    try (Backend backend =
            new Backend(seen -> seen.target().equals("/1") ? waitingFor(free) : Script.ok("next"));
        Gatehouse gatehouse =
            Gatehouse.deploy(
                with(backend, "proxy.limit.maxInFlight=1", "proxy.queue.timeout=30s"));
        RawClient first = RawClient.to(gatehouse.http());
        RawClient second = RawClient.to(gatehouse.http());
        RawClient third = RawClient.to(gatehouse.http())) {
      first.send("GET /1 HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(backend.request("/1").target()).isEqualTo("/1");
      second.send("GET /2 HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      third.send(
          "POST /3 HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nContent-Length: 5\r\n\r\nhello");
      Await.until("all are there", () -> Status.get(server).inFlight() == 4);
      second.rst(); // it waits no more; on some servers that is noticed when it is written to
      free.countDown();
      assertThat(first.readFinal(false).status()).isEqualTo(200);
      assertThat(third.readFinal(false).text()).isEqualTo("next");
      assertThat(backend.request("/3").body().text()).isEqualTo("hello");
      Status.awaitNothingInFlight(server);
    }
  }

  @ParameterizedTest(name = "{0}, when the first one {1}")
  @CsvSource({"GET, closes", "POST, refuses"})
  void aFurtherTryWaitsForABackendThatIsFull(String method, String how) throws Exception {
    try (FullPair pair = new FullPair("proxy.queue.timeout=30s");
        RawClient client = RawClient.to(server.http())) {
      pair.fill();
      if (how.equals("refuses")) {
        pair.first.stop();
      }
      client.send(pair.request(method));
      Await.until("it waits", () -> waiting() == 1);
      assertThat(pair.second.requests()).as("it is full").hasSize(1);
      pair.free.countDown();
      Reply reply = client.readFinal(false);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("second");
      Status.awaitNothingInFlight(server);
    }
  }

  @ParameterizedTest(name = "{0}, when the first one {1}: {2}")
  @CsvSource({"GET, closes, 502", "POST, refuses, 503"})
  void aFurtherTryDoesNotWaitForLongerThanOthers(String method, String how, int status)
      throws Exception {
    try (FullPair pair = new FullPair("proxy.queue.timeout=400ms");
        RawClient client = RawClient.to(server.http())) {
      pair.fill();
      if (how.equals("refuses")) {
        pair.first.stop();
      }
      long start = System.nanoTime();
      client.send(pair.request(method));
      assertThat(client.readFinal(false).status()).isEqualTo(status);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertThat(millis).isBetween(300L, 2_000L);
      assertThat(waiting()).isZero();
      pair.free.countDown();
      Status.awaitNothingInFlight(server);
      assertThat(pair.second.requests()).hasSize(1);
    }
  }

  @Test
  void aClientThatLeavesWaitsForNoFurtherTry() throws Exception {
    try (FullPair pair = new FullPair("proxy.queue.timeout=60s");
        RawClient client = RawClient.to(server.http())) {
      pair.fill();
      client.send(pair.request("GET"));
      Await.until("it waits", () -> waiting() == 1);
      client.rst();
      Await.until("it waits no more", () -> waiting() == 0);
      pair.free.countDown();
      Status.awaitNothingInFlight(server);
      assertThat(pair.second.requests()).hasSize(1);
    }
  }

  private int waiting() throws IOException {
    return Status.get(server).json().getJsonArray("pools").getJsonObject(0).getInt("waiting");
  }

  /** Two backends for one request each: the first one closes what comes, the second one is full. */
  private final class FullPair implements AutoCloseable {
    final CountDownLatch free = new CountDownLatch(1);
    private final CountDownLatch firstFree = new CountDownLatch(1);
    final Backend first =
        new Backend(seen -> (seen.target().equals("/1") ? onceFree() : Script.raw("")).fin());
    final Backend second =
        new Backend(seen -> seen.target().equals("/2") ? waitingFor(free) : Script.ok("second"));
    private final Gatehouse gatehouse;
    private final RawClient holding;

    FullPair(String... settings) throws IOException {
      Map<String, String> all = with(first, settings);
      all.put("proxy.backends", first.url() + "," + second.url());
      all.put("proxy.lb.policy", "first");
      all.put("proxy.limit.maxInFlight", "1");
      all.put("proxy.health.passive.maxFails", "0");
      all.put("proxy.health.interval", "1h"); // a check would find out who refuses
      all.put("proxy.health.timeout", "10s");
      gatehouse = Gatehouse.deploy(all);
      holding = RawClient.to(gatehouse.http());
    }

    void fill() throws IOException {
      try (RawClient other = RawClient.to(gatehouse.http())) {
        Await.until("both are checked", () -> checked() == 2);
        other.send(get("/1"));
        assertThat(first.request("/1").target()).isEqualTo("/1");
        holding.send(get("/2"));
        assertThat(second.request("/2").target()).isEqualTo("/2");
        firstFree.countDown();
        assertThat(other.readFinal(false).status()).isEqualTo(200);
        Await.until(
            "the first one is free",
            () -> Status.get(server).backend(first.authority()).getInt("inFlight") == 0);
      }
    }

    /** On a connection of its own, so that the next request finds out whether it refuses. */
    private Script onceFree() {
      return Script.raw("")
          .pause(firstFree)
          .send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    }

    private long checked() throws IOException {
      return Status.get(server).backends().stream()
          .filter(each -> each.getString("status").equals("HEALTHY"))
          .count();
    }

    private String get(String target) {
      return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n";
    }

    String request(String method) {
      return method
          + " /x HTTP/1.1\r\nHost: h\r\n"
          + Settings.KEY_LINE
          + "\r\n"
          + (method.equals("GET") ? "\r\n" : "Content-Length: 5\r\n\r\nhello");
    }

    @Override
    public void close() throws IOException {
      free.countDown();
      holding.close();
      gatehouse.close();
      first.close();
      second.close();
    }
  }

  @Test
  @DisplayName("G03: a slow backend is no trouble to the others, and its pool is whole afterwards")
  void aSlowBackendHoldsUpNobodyElse() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Backend slow = new Backend(seen -> waitingFor(free));
        Backend good = new Backend(seen -> Script.ok("good"))) {
      Map<String, String> settings =
          with(
              slow,
              "proxy.pool.good.backends=" + good.url(),
              "proxy.route.good.path=/good/*",
              "proxy.upstream.maxConnections=20",
              "proxy.queue.maxRequests=20",
              "proxy.queue.timeout=500ms");
      try (Gatehouse gatehouse = Gatehouse.deploy(settings)) {
        assertThat(gatehouse.http()).isEqualTo(server.http());
        ExecutorService threads = Executors.newFixedThreadPool(1);
        Future<List<Timed>> crowd = threads.submit(() -> together(200, "/slow"));
        Await.until("the pool is full", () -> slow.requests().size() == 20);
        List<Timed> others = together(30, "/good/x");
        assertThat(others).allMatch(timed -> timed.reply().status() == 200);
        Await.until( // those of the crowd who have not come yet are not in flight
            "the others were sent away",
            () -> Status.get(server).json().getJsonObject("totals").getInt("status5xx") == 180);
        free.countDown();
        List<Timed> replies = crowd.get();
        threads.shutdown();
        assertThat(replies.stream().filter(timed -> timed.reply().status() == 200)).hasSize(20);
        assertThat(replies.stream().filter(timed -> timed.reply().status() == 503)).hasSize(180);

        slow.answer(counting(now, most));
        List<Timed> after = together(20, "/again");
        assertThat(after).allMatch(timed -> timed.reply().status() == 200);
        Status.awaitNothingInFlight(server);
      }
    }
  }

  @Test
  @DisplayName("R11: all down is said at once")
  void whenAllAreDownNobodyWaits() throws Exception {
    try (Backend backend = new Backend(seen -> Script.ok("up"));
        Gatehouse gatehouse = Gatehouse.deploy(with(backend, "proxy.queue.timeout=30s"));
        RawClient client = RawClient.to(gatehouse.http())) {
      backend.stop();
      Await.until(
          "it is down",
          () ->
              Status.get(server)
                  .backend(backend.authority())
                  .getString("status")
                  .equals("UNREACHABLE"));
      assertThat(client.get("/warm-up", Settings.KEY_LINE).status()).isEqualTo(503);
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < 21; i++) {
        try (RawClient each = RawClient.to(gatehouse.http())) {
          long start = System.nanoTime();
          Reply reply = each.get("/", Settings.KEY_LINE);
          times.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
          assertThat(reply.status()).isEqualTo(503);
          assertThat(reply.header("Retry-After")).isPresent();
        }
      }
      Collections.sort(times);
      assertThat(times.get(times.size() / 2)).isLessThan(100);
      backend.restart();
      Await.until("served again", Duration.ofSeconds(10), () -> status() == 200);
    }
  }

  private int status() throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.get("/", Settings.KEY_LINE).status();
    }
  }

  private static Script waitingFor(CountDownLatch latch) {
    return Script.raw("").pause(latch).send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  }

  private static Function<Seen, Script> counting(AtomicInteger now, AtomicInteger most) {
    return seen ->
        Script.raw("")
            .writing(
                out -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  long until = System.nanoTime() + Duration.ofMillis(30).toNanos();
                  Await.until("it has been busy", () -> System.nanoTime() - until > 0);
                  now.decrementAndGet();
                })
            .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  }

  private static Map<String, String> with(Backend backend, String... settings) {
    Map<String, String> all = Settings.of(backend);
    for (String each : settings) {
      int equals = each.indexOf('=');
      all = Settings.with(all, each.substring(0, equals), each.substring(equals + 1));
    }
    return all;
  }

  private record Timed(Reply reply, long millis) {}

  /** The answers to so many clients at once, the quickest first. */
  private List<Timed> together(int clients, String target) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      Callable<Timed> one =
          () -> {
            try (RawClient client = RawClient.to(server.http()).timeout(Duration.ofSeconds(60))) {
              long start = System.nanoTime();
              Reply reply = client.get(target, Settings.KEY_LINE);
              return new Timed(reply, Duration.ofNanos(System.nanoTime() - start).toMillis());
            }
          };
      List<Timed> all = new ArrayList<>();
      for (Future<Timed> each : threads.invokeAll(Collections.nCopies(clients, one))) {
        all.add(each.get());
      }
      all.sort((a, b) -> Long.compare(a.millis(), b.millis()));
      return all;
    } finally {
      threads.shutdownNow();
    }
  }
}
