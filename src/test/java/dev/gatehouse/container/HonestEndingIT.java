package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Generated;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken answer never looks whole, a missing one has the right status, and nothing leaks. */
@ArquillianTest
@RunAsClient
@DisplayName("Honest endings")
final class HonestEndingIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));
  private static final String LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String PART = "x".repeat(30_000);

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(
        Settings.with(Settings.of(BACKEND), "proxy.upstream.responseTimeout", "500ms"));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  /** How a backend's answer breaks in the middle of its body. */
  private enum Break {
    LENGTH_FIN,
    LENGTH_RST,
    SHORT_FIN,
    CHUNKED_FIN,
    CHUNKED_RST,
    CHUNK_SIZE_GARBAGE,
    CHUNK_SIZE_GARBAGE_AT_ONCE;

    Script script() {
      return switch (this) {
        case LENGTH_FIN -> Script.raw(LENGTH + PART).fin();
        case LENGTH_RST -> Script.raw(LENGTH + PART).rst();
        case SHORT_FIN -> Script.raw(LENGTH + "x").fin();
        case CHUNKED_FIN -> Script.raw(CHUNKED).chunk(PART).fin();
        case CHUNKED_RST -> Script.raw(CHUNKED).chunk(PART).rst();
        case CHUNK_SIZE_GARBAGE -> Script.raw(CHUNKED).chunk(PART).send("no-size\r\n").fin();
        case CHUNK_SIZE_GARBAGE_AT_ONCE -> Script.raw(CHUNKED + "no-size\r\n").fin();
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void anAnswerThatBreaksOffNeverLooksWhole(Break how) throws Exception {
    BACKEND.answer(seen -> how.script());
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/" + how, Settings.KEY_LINE);
      if (reply.status() != 502) { // nothing had gone out yet
        assertThat(reply.end()).isIn(Reply.End.CUT, Reply.End.RESET);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void anAnswerThatBreaksOffResetsTheHttp2Stream(Break how) throws Exception {
    BACKEND.answer(seen -> how.script());
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(server.trust())
            .version(HttpClient.Version.HTTP_2)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(server.https().resolve("/h2-" + how))
            .header("X-API-Key", Settings.KEY)
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(502);
    } catch (IOException e) {
      assertThat(e).isNotInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void nothingIsInFlightAfterBrokenAnswers() throws Exception {
    BACKEND.answer(seen -> Break.CHUNKED_FIN.script());
    for (int i = 0; i < 20; i++) {
      try (RawClient client = RawClient.to(server.http())) {
        Reply reply = client.get("/broken", Settings.KEY_LINE);
        assertThat(reply.status() == 502 || !reply.end().isWhole()).isTrue();
      }
    }
    Status.awaitNothingInFlight(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
      })
  void garbageIsABadGateway(String garbage) throws Exception {
    BACKEND.answer(seen -> Script.raw(garbage).fin());
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/garbage", Settings.KEY_LINE);
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.header("Cache-Control")).contains("no-store");
      assertThat(reply.end().isWhole()).isTrue();
      assertThat(reply.text()).doesNotContain("127.0.0.1", "dev.gatehouse", "jetty");
    }
  }

  @Test
  void aSilentBackendIsAGatewayTimeout() throws Exception {
    BACKEND.answer(seen -> Script.silence());
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/silence", Settings.KEY_LINE).status()).isEqualTo(504);
    }
  }

  @Test
  void aPostThatMayHaveBeenReadIsNotSentAgain() throws Exception {
    BACKEND.answer(seen -> Script.raw("").fin());
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange(
              "POST /once HTTP/1.1\r\nHost: h\r\n"
                  + Settings.KEY_LINE
                  + "\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(reply.status()).isEqualTo(502);
    }
    assertThat(BACKEND.requests().stream().filter(seen -> seen.target().equals("/once")))
        .hasSize(1);
  }

  @Test
  void aClientThatLeavesWhileDataFlowEndsTheExchangeAtTheBackend() throws Exception {
    BACKEND.answer(seen -> Script.generated(2_000_000_000L));
    try (RawClient client = RawClient.to(server.http())) {
      client.send("GET /left HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).contains("200");
      Await.until("the exchange", () -> BACKEND.openConnections() > 0);
      client.rst();
    }
    Status.awaitNothingInFlight(server);
    Await.until("the backend's connection is closed", () -> BACKEND.openConnections() == 0);
  }

  @Test
  void aClientThatLeavesInItsUploadEndsTheExchangeAtTheBackend() throws Exception {
    BACKEND.answer(seen -> Script.ok("never"));
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /half HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nContent-Length: 1000\r\n\r\n0123456789");
      Seen seen = BACKEND.request("/half");
      Await.until("the ten bytes", () -> seen.bodySoFar().length() == 10);
      client.rst();
      assertThat(seen.isWhole()).isFalse();
    }
    Status.awaitNothingInFlight(server);
    Await.until("the backend's connection is closed", () -> BACKEND.openConnections() == 0);
  }

  @Test
  void anUploadThatBreaksOffNeverSucceeds() throws Exception {
    BACKEND.answer(seen -> Script.ok("never"));
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /broken-upload HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      Seen seen = BACKEND.request("/broken-upload");
      Await.until("the first chunk", () -> seen.bodySoFar().length() == 5);
      client.send("a\r\nhell");
      client.fin();
      assertThat(client.readFinal(false).status()).isNotIn(200, 204);
      assertThat(seen.isWhole()).isFalse();
    }
    Status.awaitNothingInFlight(server);
  }

  /** The time-out for an answer, half a second here, begins when there is nothing more to send. */
  @Test
  void anInvitedUploadMayTakeItsTime() throws Exception {
    BACKEND.answer(seen -> Script.ok("got " + seen.body().length()));
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /invited-slowly HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
              + Settings.KEY_LINE
              + "\r\nContent-Length: 8\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(100);
      Seen seen = BACKEND.request("/invited-slowly");
      for (int i = 1; i <= 8; i++) {
        client.send("x");
        int sent = i;
        long pause = System.nanoTime() + Duration.ofMillis(150).toNanos();
        Await.until(
            "byte " + i, () -> seen.bodySoFar().length() == sent && System.nanoTime() - pause > 0);
      }
      assertThat(client.readFinal(false).text()).isEqualTo("got 8");
    }
  }

  @Test
  void anAnswerBeforeTheBodyWasReadIsPassedOn() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
                .beforeBody()
                .fin());
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /early HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nContent-Length: 100000\r\n\r\n0123456789");
      Reply reply = client.readFinal(false);
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.text()).isEqualTo("big");
    }
    Status.awaitNothingInFlight(server);
  }

  @Test
  void aSlowReaderGetsEverything() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    BACKEND.answer(seen -> Script.generated(8_000_000).pause(sent));
    try (RawClient client = RawClient.to(server.http())) {
      client.send("GET /slow HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      Reply reply = client.readFinal(false);
      assertThat(reply.body().sha256()).isEqualTo(Generated.sha256(8_000_000));
      sent.countDown();
    }
  }
}
