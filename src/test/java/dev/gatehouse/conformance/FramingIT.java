package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Seen;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where requests begin and end: the same at us and at the backend, or refused. */
@ArquillianTest
@RunAsClient
@DisplayName("Catalogue A: request framing and heads")
final class FramingIT {
  private static Front front;

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    front = Front.deploy(Map.of());
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  @BeforeEach
  void answerWithMethodAndTarget() {
    front.answer(Front::echo);
  }

  static Stream<Row> rows() {
    return Stream.concat(FramingRows.all(), HeadRows.all());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aRequestIsOneRequestOrNone(Row row) throws Exception {
    Observed observed = front.check(row);
    assertThat(observed.isForwardedWhole())
        .as("A30: accepted by %s, see accepted.txt: %s", Front.server().name(), row)
        .isEqualTo(Accepted.by(row, Front.server().name()));
  }

  @Test
  @DisplayName("A10 50,000 chunks with long extensions are streamed or refused")
  void chunkExtensionsAreNotKept() throws Exception {
    String chunk = "1;" + "x".repeat(200) + "\r\nz\r\n";
    try (RawClient client = Front.client()) {
      client.send(
          Text.head("POST /extensions HTTP/1.1", Text.HOST, "Transfer-Encoding: chunked")
              + chunk.repeat(100));
      Thread sender =
          Front.sending(
              client, out -> out.write((chunk.repeat(49_900) + "0\r\n\r\n").getBytes(US_ASCII)));
      Reply reply = client.readFinal(false);
      sender.join();
      if (reply.status() == 200) {
        assertThat(front.seen("/extensions").body().length()).isEqualTo(50_000);
      } else {
        assertThat(reply.status()).isIn(0, 400, 413, 431);
        assertThat(front.seen())
            .noneMatch(seen -> seen.target().equals("/extensions") && seen.isWhole());
      }
    }
  }

  @Test
  @DisplayName("A21 an upload that ends short of its length is never whole at the backend")
  void aShortUploadIsNeverWhole() throws Exception {
    Seen seen;
    try (RawClient client = Front.client()) {
      client.send(
          Text.head("POST /short HTTP/1.1", Text.HOST, "Content-Length: 1000") + "0123456789");
      seen = front.seen("/short");
      Await.until("ten bytes", () -> seen.bodySoFar().length() == 10);
    }
    assertThat(seen.isWhole()).isFalse();
    Await.until("its connection is closed", () -> !front.isOpen(seen.connection()));
  }

  @Test
  @DisplayName("A24 HTTP/1.0 without Transfer-Encoding is served")
  void httpOneZeroIsServed() throws Exception {
    try (RawClient client = Front.client()) {
      Reply reply =
          client.exchange(
              Text.head("POST /old HTTP/1.0", Text.HOST, "Content-Length: 5") + "hello");
      assertThat(reply.status()).isEqualTo(200);
    }
    Seen seen = front.seen("/old");
    Clean.check(seen);
    assertThat(List.of(seen.body().text(), seen.requestLine()))
        .containsExactly("hello", "POST /old HTTP/1.1");
  }
}
