package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RawHttp2;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves while the backend is silent; no time-out would tell before a minute. */
@ArquillianTest
@RunAsClient
@DisplayName("Departures while the backend is silent")
final class DepartureStoryIT {
  private static final int WINDOW = 65_535; // RFC 9113 §6.9.2
  private static final int CLIENTS = 60;

  private static final Backend BACKEND = new Backend(seen -> Script.silence());

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

  @ParameterizedTest
  @CsvSource({"http,fin", "http,rst", "https,rst", "https,close"})
  void endTheExchangeAtTheBackend(String scheme, String how) throws Exception {
    BACKEND.answer(seen -> Script.silence());
    String target = "/left-" + scheme + "-" + how;
    Seen seen;
    try (RawClient client = client(scheme)) {
      client.send(get(target));
      seen = BACKEND.request(target);
      if (how.equals("rst")) {
        client.rst();
      } else if (how.equals("fin")) {
        client.fin();
        nothingIsLeft(seen);
      }
    }
    nothingIsLeft(seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void endTheExchangeAfterAnUpload(String scheme) throws Exception {
    BACKEND.answer(seen -> Script.silence());
    String target = "/up-" + scheme;
    Seen seen;
    try (RawClient client = client(scheme)) {
      client.send(
          get(target).replace("GET", "POST").strip() + "\r\nContent-Length: 5\r\n\r\nhello");
      seen = BACKEND.request(target);
      assertThat(seen.isWhole()).isTrue();
    }
    nothingIsLeft(seen);
  }

  @Test
  void endTheExchangeBetweenTwoEvents() throws Exception {
    BACKEND.answer(seen -> Script.head("Transfer-Encoding: chunked").chunk("data: 1\n\n").hang());
    try (RawClient client = client("http")) {
      client.send(get("/events"));
      assertThat(client.readUntil("data: 1\n\n")).contains("200");
    }
    nothingIsLeft(BACKEND.request("/events"));
  }

  @Test
  void endTheExchangeOfAStream() throws Exception {
    BACKEND.answer(seen -> Script.silence());
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(server.trust())
            .version(HttpClient.Version.HTTP_2)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(server.https().resolve("/stream"))
            .header("X-API-Key", Settings.KEY)
            .build();
    var answer = client.sendAsync(request, BodyHandlers.ofString());
    Seen seen = BACKEND.request("/stream");
    assertThat(answer.cancel(true)).isTrue();
    nothingIsLeft(seen);
  }

  @Test
  void endTheExchangeOfAStreamThatWaitsForItsWindow() throws Exception {
    BACKEND.answer(seen -> Script.generated(1L << 30));
    try (RawHttp2 client = RawHttp2.to(server.http().getPort())) {
      client.headers(1, true, fields("/window"));
      client.awaitData(1, WINDOW);
      client.reset(1);
      nothingIsLeft(BACKEND.request("/window"));
    }
  }

  /** The reset may be read before the exchange is asynchronous, or before it has begun. */
  @Test
  void endTheExchangeOfAStreamThatIsResetAtOnce() throws Exception {
    BACKEND.answer(seen -> Script.silence());
    List<RawHttp2> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        RawHttp2 client = RawHttp2.to(server.http().getPort());
        clients.add(client); // each with one stream: Tomcat suffers few resets
        client.hold(i % 2 == 0).headers(1, true, fields("/at-once-" + i));
        LockSupport.parkNanos(i * 50_000L); // each hits another moment
        client.hold(false).reset(1);
      }
      Status.awaitNothingInFlight(server);
      Await.until(
          "their connections are closed",
          () ->
              BACKEND.requests().stream()
                  .filter(seen -> seen.target().startsWith("/at-once-"))
                  .noneMatch(seen -> BACKEND.isOpen(seen.connection())));
    } finally {
      for (RawHttp2 client : clients) {
        client.close();
      }
    }
  }

  private static String[] fields(String path) {
    return new String[] {
      ":method: GET",
      ":scheme: http",
      ":path: " + path,
      ":authority: h",
      "x-api-key: " + Settings.KEY
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void areNotSeenInAPipelinedRequest(String scheme) throws Exception {
    CountDownLatch waited = new CountDownLatch(1);
    BACKEND.answer(
        seen ->
            seen.target().endsWith("first")
                ? Script.raw("").pause(waited).send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
                : Script.ok("2"));
    try (RawClient client = client(scheme)) {
      client.send(get("/" + scheme + "-first") + get("/" + scheme + "-second"));
      assertThat(BACKEND.request("/" + scheme + "-first").method()).isEqualTo("GET");
      client.send(get("/" + scheme + "-third"));
      letSomeLooksPass();
      waited.countDown();
      assertThat(client.read().text()).isEqualTo("1");
      assertThat(client.read().text()).isEqualTo("2");
      assertThat(client.read().text()).isEqualTo("2");
    }
  }

  /** Nothing shows that a client that is there was looked at, so some seconds have to do. */
  private static void letSomeLooksPass() {
    long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
    Await.until("two looks at the client", () -> System.nanoTime() - end > 0);
  }

  private RawClient client(String scheme) throws Exception {
    return RawClient.to(scheme.equals("http") ? server.http() : server.https());
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n";
  }

  private void nothingIsLeft(Seen seen) throws Exception {
    Await.until("its connection is closed", () -> !BACKEND.isOpen(seen.connection()));
    Status.awaitNothingInFlight(server);
  }
}
