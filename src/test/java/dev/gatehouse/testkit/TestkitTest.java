package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Origin and RawClient against each other, so that a test of the proxy can believe both. */
@Timeout(60)
class TestkitTest {
  private final CountDownLatch latch = new CountDownLatch(1);

  @Test
  void aRequestIsRecordedByteForByte() throws IOException {
    try (Origin origin = Origin.scripted().enqueue(Script.ok("")).enqueue(Script.ok(""));
        RawClient client = RawClient.to(origin.url())) {
      client.exchange("geT /a?b=%zz|c HTTP/1.1\r\nHost:  h \r\nX-a:1\r\nx-A: 2\r\n\r\n");
      client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.exchange("3;x=y\r\nab\u00e9\r\n0\r\nT: v\r\n\r\n");
      Seen first = origin.seen(0);
      assertThat(first.requestLine()).isEqualTo("geT /a?b=%zz|c HTTP/1.1");
      assertThat(first.method()).isEqualTo("geT");
      assertThat(first.target()).isEqualTo("/a?b=%zz|c");
      assertThat(first.headerLines()).containsExactly("Host:  h ", "X-a:1", "x-A: 2");
      assertThat(first.headers("X-A")).containsExactly("1", "2");
      assertThat(first.head())
          .isEqualTo("geT /a?b=%zz|c HTTP/1.1\r\nHost:  h \r\nX-a:1\r\nx-A: 2\r\n\r\n");
      Seen second = origin.seen(1);
      assertThat(second.body().first()).isEqualTo("ab\u00e9".getBytes(ISO_8859_1));
      assertThat(second.head()).isEqualTo("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThat(second.trailers()).containsExactly("T: v");
      assertThat(second.connection()).isEqualTo(1);
      assertThat(origin.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0} -> {3}")
  @CsvSource({
    "HTTP/1.1 200 OK|Content-Length: 2||ab, ab, 200, LENGTH",
    "HTTP/1.1 200 OK|Content-Length: 3||ab, ab, 200, CUT",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ab|0||, ab, 200, LAST_CHUNK",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ab|, ab, 200, CUT",
    "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ab|0|, ab, 200, CUT",
    "HTTP/1.0 200 OK||ab, ab, 200, EOF",
    "HTTP/1.1 204 No|Content-Length: 3||, '', 204, BODILESS",
    "HTTP/1.1 304 No||, '', 304, BODILESS",
    "HTTP/1.1 103 Hints|A: b||HTTP/1.1 204||, '', 204, BODILESS",
    "HTTP/1.1 200 O, '', 0, CUT",
    "'', '', 0, CUT",
  })
  void aResponsesEndIsTold(String bytes, String body, int status, Reply.End end)
      throws IOException {
    try (Origin origin = Origin.answering(s -> Script.raw(bytes.replace("|", "\r\n")).fin());
        RawClient client = RawClient.to(origin.port())) {
      Reply reply = client.get("/");
      assertThat(reply.end()).isEqualTo(end);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.text()).isEqualTo(body);
    }
  }

  @Test
  void interimResponsesComeOneByOneOrAreCollected() throws IOException {
    Script script = Script.raw("HTTP/1.1 103 Early\r\n\r\n").send("HTTP/1.1 204 No\r\n\r\n");
    try (Origin origin = Origin.answering(s -> script);
        RawClient client = RawClient.to(origin.port())) {
      assertThat(client.get("/").interim()).containsExactly("HTTP/1.1 103 Early");
      client.send("GET / HTTP/1.1\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(103);
      assertThat(client.read().status()).isEqualTo(204);
    }
  }

  @Test
  void aResetAndASilenceAreTold() throws IOException {
    try (Origin origin = Origin.scripted();
        RawClient one = RawClient.to(origin.port());
        RawClient two = RawClient.to(origin.port())) {
      origin.enqueue(Script.head("Content-Length: 9").send("ab").rst());
      assertThat(one.get("/").end()).isEqualTo(Reply.End.RESET);
      origin.enqueue(Script.silence());
      assertThat(two.timeout(Duration.ofMillis(50)).get("/").end()).isEqualTo(Reply.End.TIMEOUT);
    }
  }

  @Test
  void aHeadHasNoBodyAndTheConnectionGoesOn() throws IOException {
    try (Origin origin = Origin.answering(s -> Script.ok("body"));
        RawClient client = RawClient.to(origin.port())) {
      Reply head = client.exchange("HEAD / HTTP/1.1\r\n\r\n");
      assertThat(head.header("content-length")).contains("4");
      assertThat(head.end()).isEqualTo(Reply.End.BODILESS);
      assertThat(client.get("/").text()).isEqualTo("body");
    }
  }

  @Test
  void bigBodiesAreHashedAndNotKept() throws IOException {
    long size = 5_000_000;
    Script echo = Script.generatedChunked(size);
    try (Origin origin = Origin.answering(s -> echo);
        RawClient client = RawClient.to(origin.port())) {
      client.send("POST / HTTP/1.1\r\nContent-Length: " + size + "\r\n\r\n");
      Generated.write(client.out(), size);
      Reply reply = client.readFinal(false);
      assertThat(reply.body().length()).isEqualTo(size);
      assertThat(reply.body().first()).hasSize(1 << 20);
      assertThat(reply.body().sha256()).isEqualTo(Generated.sha256(size));
      assertThat(origin.seen(0).body().sha256()).isEqualTo(Generated.sha256(size));
    }
  }

  @Test
  void anEarlyAnswerDoesNotWaitForTheBody() throws IOException {
    try (Origin origin = Origin.scripted().enqueue(Script.ok("early").beforeBody());
        RawClient client = RawClient.to(origin.port())) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n");
      assertThat(client.read().text()).isEqualTo("early");
      client.send("abc");
      assertThat(origin.seen(0).body().text()).isEqualTo("abc");
      assertThat(origin.seen(0).isWhole()).isTrue();
    }
  }

  @Test
  void aBodyThatIsCutIsKnownToBe() throws IOException {
    try (Origin origin = Origin.answering(s -> Script.ok(""))) {
      try (RawClient client = RawClient.to(origin.port())) {
        client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab");
        Await.until("two bytes", () -> origin.seen(0).bodySoFar().length() == 2);
      }
      assertThat(origin.seen(0).isWhole()).isFalse();
    }
  }

  @Test
  void anExpectationIsAnsweredUnlessTheScriptIsEarly() throws IOException {
    String head = "PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";
    try (Origin origin = Origin.answering(s -> Script.ok(s.body().text()));
        RawClient client = RawClient.to(origin.port())) {
      assertThat(client.send(head).read().status()).isEqualTo(100);
      assertThat(client.send("x").read().text()).isEqualTo("x");
      origin.enqueue(Script.ofStatus(417).beforeBody());
      assertThat(client.send(head).read().status()).isEqualTo(417);
    }
  }

  @Test
  void aScriptPausesUntilItIsToldToGoOn() throws IOException {
    Script events = Script.head("Transfer-Encoding: chunked").chunk("one").pause(latch);
    try (Origin origin = Origin.answering(s -> events.chunk("two").chunk(""));
        RawClient client = RawClient.to(origin.port())) {
      client.send("GET / HTTP/1.1\r\n\r\n");
      assertThat(client.readUntil("one")).endsWith("\r\n\r\n3\r\none");
      latch.countDown();
      assertThat(client.readUntil("0\r\n\r\n")).contains("two");
    }
  }

  @Test
  void aHeadIsToldBeforeItsBodyAndAnOpenConnectionIsKnown() throws IOException {
    Script late = Script.head("Content-Length: 2").pause(latch).send("ok");
    try (Origin origin = Origin.answering(s -> late)) {
      try (RawClient client = RawClient.to(origin.port())) {
        client.send("GET / HTTP/1.1\r\n\r\n");
        assertThat(client.readFinal(false, latch::countDown).text()).isEqualTo("ok");
        assertThat(origin.isOpen(1)).isTrue();
      }
      Await.until("the end", () -> !origin.isOpen(1));
    }
  }

  @Test
  void aScriptRepeatsItselfUntilItIsToldToStop() throws IOException {
    Script flood = Script.raw("").repeat("HTTP/1.1 102 Wait\r\n\r\n", latch);
    try (Origin origin = Origin.answering(s -> flood.send("HTTP/1.1 204 No\r\n\r\n"));
        RawClient client = RawClient.to(origin.port())) {
      client.send("GET / HTTP/1.1\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(102);
      latch.countDown();
      assertThat(client.readFinal(false).status()).isEqualTo(204);
    }
  }

  @Test
  void anOriginDiesAndComesBackOnItsPort() throws IOException {
    try (Origin origin =
        Origin.answering(s -> s.target().equals("/wait") ? Script.silence() : Script.ok("up"))) {
      int port = origin.port();
      RawClient client = RawClient.to(port);
      client.send("GET /wait HTTP/1.1\r\n\r\n");
      origin.seen(0);
      origin.stop();
      assertThat(client.isAtEnd()).isTrue();
      client.close();
      assertThatThrownBy(() -> RawClient.to(port)).isInstanceOf(ConnectException.class);
      Await.until("no connection", () -> origin.openConnections() == 0);
      origin.restart();
      assertThat(origin.port()).isEqualTo(port);
      try (RawClient again = RawClient.to(port)) {
        assertThat(again.get("/").text()).isEqualTo("up");
      }
    }
  }

  @Test
  void aRefusingPortRefuses() {
    try (Origin nobody = Origin.refusing()) {
      assertThatThrownBy(() -> RawClient.to(nobody.port())).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aSwallowingPortNeitherAcceptsNorRefusesUntilItIsBack() throws IOException {
    try (Origin origin = Origin.answering(seen -> Script.ok("here"));
        Socket waiting = new Socket()) {
      origin.swallow();
      assertThatThrownBy(
              () ->
                  waiting.connect(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), origin.port()), 200))
          .isInstanceOf(SocketTimeoutException.class);
      origin.restart();
      try (RawClient client = RawClient.to(origin.url())) {
        assertThat(client.get("/").text()).isEqualTo("here");
      }
    }
  }

  @Test
  void newConnectionsAreRefusedOrResetWhileThoseThatAreThereGoOn() throws IOException {
    try (Origin origin = Origin.answering(seen -> Script.ok("here"));
        RawClient there = RawClient.to(origin.url())) {
      assertThat(there.get("/").text()).isEqualTo("here");
      origin.resetNew(true);
      try (RawClient late = RawClient.to(origin.url())) {
        assertThat(late.isAtEnd()).isTrue();
      }
      origin.refuse();
      assertThatThrownBy(() -> RawClient.to(origin.url())).isInstanceOf(ConnectException.class);
      assertThat(there.get("/").text()).isEqualTo("here");
    }
  }

  @Test
  void aConnectionThatIsKeptForAMomentEndsWithIt() throws IOException {
    try (Origin origin =
            Origin.answering(seen -> Script.ok("ok").keepAlive(Duration.ofMillis(20)));
        RawClient client = RawClient.to(origin.url())) {
      assertThat(client.get("/").text()).isEqualTo("ok");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void theClientsHalfCloseAndResetAreSeen() throws IOException {
    try (Origin origin = Origin.answering(s -> Script.ok(""))) {
      RawClient one = RawClient.to(origin.port());
      assertThat(one.get("/").isWhole()).isTrue();
      one.fin();
      assertThat(one.isAtEnd()).isTrue();
      one.close();
      RawClient two = RawClient.to(origin.port());
      assertThat(two.get("/", "Connection: close").header("Content-Length")).contains("0");
      assertThat(two.isAtEnd()).isTrue();
      two.rst();
      Await.until("no connection", () -> origin.openConnections() == 0);
    }
  }

  @Test
  void awaitTellsWhatDidNotHappenAndWhy() {
    assertThatThrownBy(
            () -> Await.until("a wonder", Duration.ZERO, () -> assertThat(1).isEqualTo(2) == null))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within 0 ms: a wonder")
        .hasCauseInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Await.until("a wonder", Duration.ZERO, () -> false)).hasNoCause();
  }
}
