package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.container.Status;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Area D: what breaks off on the way is seen to be broken, on both protocols. */
@ArquillianTest
@RunAsClient
@DisplayName("Broken answers")
@Timeout(60)
final class BrokenAnswersIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> idle =
        Settings.with(Settings.of(BACKEND), "proxy.upstream.idleTimeout", "500ms");
    Gatehouse.deploy(Settings.with(idle, "proxy.upstream.responseTimeout", "2s"));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @ParameterizedTest(name = "{0}: the client sees it cut off (HTTP/1.1)")
  @EnumSource
  void anAnswerIsCutOff(Break how) throws Exception {
    CountDownLatch head = new CountDownLatch(1);
    BACKEND.answer(seen -> how.script(head));
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "GET /" + how.name() + " HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      Reply reply = client.readFinal(false, head::countDown);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.end()).isIn(Reply.End.CUT, Reply.End.RESET);
    }
    othersGetTheirAnswers(how);
  }

  @ParameterizedTest(name = "{0}: the client sees the stream reset (HTTP/2)")
  @EnumSource
  void aStreamIsReset(Break how) throws Exception {
    CountDownLatch head = new CountDownLatch(1);
    BACKEND.answer(seen -> seen.target().equals("/fine") ? Script.ok("fine") : how.script(head));
    Http2 client = new Http2();
    Throwable failure = Http2.failure(client.get("/h2-" + how.name(), Http2.text(head::countDown)));
    assertThat(head.getCount()).as("the head had come").isZero();
    assertThat(failure).isInstanceOf(IOException.class);
    assertThat(Http2.whole(client.get("/fine", Http2.text(() -> {}))).body()).isEqualTo("fine");
    othersGetTheirAnswers(how);
  }

  @Test
  @DisplayName(
      "D02 a whole answer behind the last chunk: one answer, and the connection is dropped")
  void whatFollowsTheLastChunkIsNobodysAnswer() throws Exception {
    Outcome.check(
        Case.of("D02", "a whole answer behind the last chunk")
            .answered(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")
            .must(
                "one answer, and the connection is dropped",
                o -> {
                  o.isAnswered(200, "hello");
                  o.connectionGoesOn();
                  o.othersGetTheirAnswers();
                  o.backendConnectionIsDropped();
                }),
        BACKEND);
  }

  @Test
  @DisplayName("D08 neither length nor chunks, then FIN: whole, framed for the client")
  void anAnswerMayBeFramedByItsEnd() throws Exception {
    Outcome.check(
        Case.of("D08", "neither length nor chunks, then FIN")
            .answered(Script.raw("HTTP/1.0 200 OK\r\n\r\n" + "x".repeat(100_000)).fin())
            .must("arrives whole", o -> o.isAnswered(200, "x".repeat(100_000))),
        BACKEND);
    BACKEND.answer(seen -> Script.raw("HTTP/1.1 200 OK\r\n\r\nhello").fin());
    assertThat(Http2.whole(new Http2().get("/d08", Http2.text(() -> {}))).body())
        .isEqualTo("hello");
  }

  private void othersGetTheirAnswers(Break how) throws Exception {
    BACKEND.answer(seen -> Script.ok(seen.target()));
    for (int i = 0; i < 3; i++) {
      String target = "/after-" + how.name() + "-" + i;
      try (RawClient client = RawClient.to(server.http())) {
        assertThat(client.get(target, Settings.KEY_LINE).text()).isEqualTo(target);
      }
    }
    Status.awaitNothingInFlight(server);
  }
}
