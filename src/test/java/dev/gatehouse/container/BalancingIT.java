package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who gets the next request, and what happens when a backend dies and comes back. */
@ArquillianTest
@RunAsClient
@DisplayName("Balancing and health")
final class BalancingIT {
  private static final int CLIENTS = 1_000;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void aThousandConcurrentRequestsAreSharedEvenly() throws Exception {
    try (Backends backends = Backends.of(4);
        Gatehouse gatehouse = Gatehouse.deploy(checkedOnce(backends.settings()));
        Load load = new Load(CLIENTS)) {
      assertThat(gatehouse.http()).isEqualTo(server.http());
      CountDownLatch all = new CountDownLatch(CLIENTS);
      backends
          .all()
          .forEach(
              backend ->
                  backend.answer(
                      seen -> {
                        all.countDown();
                        return Script.raw("").pause(all).send(OK);
                      }));
      AtomicInteger number = new AtomicInteger();
      List<Reply> replies =
          load.each(client -> client.get("/" + number.incrementAndGet(), Settings.KEY_LINE));
      assertThat(replies).hasSize(CLIENTS).allMatch(reply -> reply.status() == 200);
      for (Backend backend : backends.all()) {
        assertThat(backend.requests()).hasSize(CLIENTS / 4);
        assertThat(replies.stream().filter(reply -> isFrom(reply, backend))).hasSize(CLIENTS / 4);
      }
      Status.awaitNothingInFlight(server);
      Status status = Status.get(server);
      assertThat(status.backends()).allMatch(backend -> backend.getInt("requests") == CLIENTS / 4);
    }
  }

  @Test
  void weightsAreKept() throws Exception {
    try (Backends backends = Backends.of(2)) {
      var settings =
          Settings.with(
              checkedOnce(backends.settings()),
              "proxy.backends",
              backends.get(0).url() + " weight=3 id=big, " + backends.get(1).url());
      try (Gatehouse gatehouse = Gatehouse.deploy(settings);
          RawClient client = RawClient.to(gatehouse.http())) {
        for (int i = 0; i < 40; i++) {
          assertThat(client.get("/", Settings.KEY_LINE).status()).isEqualTo(200);
        }
        assertThat(backends.get(0).requests()).hasSize(30);
        assertThat(client.get("/", Settings.KEY_LINE).header("X-Backend-Server")).isPresent();
      }
    }
  }

  @Test
  void aBackendDiesAndComesBackUnderLoadWithoutAFailedGet() throws Exception {
    try (Backends backends = Backends.of(4);
        Gatehouse gatehouse = Gatehouse.deploy(backends.settings());
        Load load = new Load(8)) {
      assertThat(gatehouse.http()).isEqualTo(server.http());
      Backend victim = backends.get(1);
      AtomicBoolean on = new AtomicBoolean(true);
      ConcurrentLinkedQueue<Reply> failed = new ConcurrentLinkedQueue<>();
      List<Future<?>> running =
          load.untilOff(
              on,
              client -> {
                Reply reply = client.get("/", Settings.KEY_LINE);
                if (reply.status() != 200 || !reply.end().isWhole()) {
                  failed.add(reply);
                }
              });
      Await.until("all healthy", () -> isState(victim, "HEALTHY"));
      victim.stop();
      Await.until("one unreachable", () -> isState(victim, "UNREACHABLE"));
      int served = victim.requests().size();
      victim.restart();
      Await.until("healthy again", () -> isState(victim, "HEALTHY"));
      Await.until("it serves again", () -> victim.requests().size() > served + 5);
      on.set(false);
      for (Future<?> each : running) {
        each.get();
      }
      assertThat(failed).isEmpty();
    }
  }

  @Test
  void aPostMovesOnWithItsBodyWhenTheConnectFails() throws Exception {
    try (Backends backends = Backends.of(2)) {
      var settings = checkedOnce(backends.settings());
      try (Gatehouse gatehouse = Gatehouse.deploy(settings);
          RawClient client = RawClient.to(gatehouse.http())) {
        Await.until("checked", () -> isState(backends.get(0), "HEALTHY"));
        backends.get(0).stop();
        for (int i = 0; i < 4; i++) {
          Reply reply =
              client.exchange(
                  "POST /moved HTTP/1.1\r\nHost: h\r\n"
                      + Settings.KEY_LINE
                      + "\r\nContent-Length: 11\r\n\r\nhello world");
          assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(backends.get(1).requests())
            .hasSize(4)
            .allMatch(seen -> seen.body().text().equals("hello world"));
      }
    }
  }

  @Test
  void anInterimAnswerThatBreaksOffEndsTheExchangeOnce() throws Exception {
    try (Backends backends = Backends.of(3);
        Gatehouse gatehouse = Gatehouse.deploy(backends.settings());
        RawClient client = RawClient.to(gatehouse.http())) {
      backends.get(0).answer(seen -> Script.raw("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n").fin());
      for (int i = 0; i < 3; i++) {
        Reply reply = client.get("/hinted", Settings.KEY_LINE);
        assertThat(reply.end().isWhole()).isTrue();
        assertThat(reply.status()).isEqualTo(200); // for a GET there is another backend
      }
      assertThat(backends.get(0).requests()).hasSize(1);
      assertThat(backends.get(1).requests().size() + backends.get(2).requests().size())
          .isEqualTo(3);
      Status.awaitNothingInFlight(server);
    }
  }

  @Test
  void withoutAnyBackendTheAnswerSaysWhenToComeAgain() throws Exception {
    try (Backends backends = Backends.of(2);
        Gatehouse gatehouse = Gatehouse.deploy(backends.settings());
        RawClient client = RawClient.to(gatehouse.http())) {
      backends.all().forEach(Backend::stop);
      Await.until(
          "all down",
          () ->
              Status.get(server).backends().stream()
                  .allMatch(backend -> backend.getString("status").equals("UNREACHABLE")));
      Reply reply = client.get("/", Settings.KEY_LINE);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).contains("1");
      backends.get(0).restart();
      Await.until("served again", () -> statusOnNewConnection() == 200); // some close after a 503
    }
  }

  @Test
  void statesAndTimesAreShown() throws Exception {
    try (Backends backends = Backends.of(2)) {
      Backend down = backends.get(0);
      down.stop();
      try (Gatehouse gatehouse = Gatehouse.deploy(backends.settings())) {
        assertThat(gatehouse.http()).isEqualTo(server.http());
        Await.until("down", () -> isState(down, "UNREACHABLE"));
        JsonObject dead = Status.get(server).backend(down.authority());
        assertThat(dead.getInt("failures")).isGreaterThanOrEqualTo(3);
        assertThat(dead.get("lastHealthy")).isEqualTo(JsonValue.NULL);
        assertThat(dead.getString("lastCheckResult")).contains("refused");
        JsonObject alive = Status.get(server).backend(backends.get(1).authority());
        assertThat(alive.getString("status")).isEqualTo("HEALTHY");
        assertThat(alive.getString("lastHealthy")).startsWith("20").endsWith("Z");
        assertThat(alive.getInt("failures")).isZero();
      }
      String log = server.log();
      String line = "Backend " + down.authority() + " of pool default is unreachable";
      assertThat(log.split(line, -1)).as("told once").hasSize(2);
    }
  }

  /** Without later checks, which a busy machine might answer too late. */
  private static Map<String, String> checkedOnce(Map<String, String> settings) {
    return Settings.with(settings, "proxy.health.interval", "1h");
  }

  private int statusOnNewConnection() throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.get("/", Settings.KEY_LINE).status();
    }
  }

  private boolean isState(Backend backend, String state) throws Exception {
    return Status.get(server).backend(backend.authority()).getString("status").equals(state);
  }

  private static boolean isFrom(Reply reply, Backend backend) {
    return reply.header("X-Backend-Server").filter(backend.authority()::equals).isPresent();
  }

  /** Several backends that end together. */
  private record Backends(List<Backend> all) implements AutoCloseable {
    static Backends of(int count) {
      return new Backends(
          Stream.generate(() -> new Backend(seen -> Script.ok("served"))).limit(count).toList());
    }

    Backend get(int index) {
      return all.get(index);
    }

    Map<String, String> settings() {
      return Settings.of(all.stream().map(Backend::url).toList());
    }

    @Override
    public void close() {
      all.forEach(Backend::close);
    }
  }

  /** Clients at work side by side, each with its own connection. */
  private final class Load implements AutoCloseable {
    private final ExecutorService threads;
    private final int clients;

    Load(int clients) {
      this.clients = clients;
      this.threads = Executors.newFixedThreadPool(clients);
    }

    /** A request on a connection. */
    private interface Work<T> {
      T on(RawClient client) throws Exception;
    }

    /** A request on a connection without a result. */
    private interface Step {
      void on(RawClient client) throws Exception;
    }

    List<Reply> each(Work<Reply> work) throws Exception {
      Callable<Reply> one =
          () -> {
            try (RawClient client = RawClient.to(server.http())) {
              return work.on(client);
            }
          };
      List<Reply> all = new ArrayList<>();
      for (Future<Reply> done :
          threads.invokeAll(Stream.generate(() -> one).limit(clients).toList())) {
        all.add(done.get());
      }
      return all;
    }

    List<Future<?>> untilOff(AtomicBoolean on, Step step) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(
            threads.submit(
                () -> {
                  while (on.get()) {
                    try (RawClient client = RawClient.to(server.http())) {
                      for (int n = 0; n < 50 && on.get(); n++) {
                        step.on(client);
                      }
                    }
                  }
                  return null;
                }));
      }
      return running;
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }
  }
}
