package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Front.KEY;
import static dev.gatehouse.conformance.Text.HOST;
import static dev.gatehouse.conformance.Text.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.testkit.Generated;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend that answers before it has read the body, or never reads it. */
@ArquillianTest
@RunAsClient
@DisplayName("Catalogue A18, A19, A22: early answers of backends")
final class EarlyAnswerIT {
  private static final long HUNDRED_MB = 100_000_000;
  private static Front front;

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    front =
        Front.deploy(
            Map.of(
                "proxy.auth.mode", "apiKey",
                "proxy.prefix", "/api",
                "proxy.upstream.responseTimeout", "500ms"));
    front.answer(EarlyAnswerIT::answer);
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  private static Script answer(Seen seen) {
    return switch (seen.target()) {
      case "/302" -> Script.ofStatus(302, "Location: /x", "Connection: close").beforeBody().fin();
      case "/401", "/413", "/417" ->
          Script.ofStatus(Integer.parseInt(seen.target().substring(1)), "Connection: close")
              .beforeBody()
              .rst();
      case "/403" -> Script.ofStatus(403).beforeBody();
      case "/502" -> Script.raw("").beforeBody().rst();
      case "/504" -> Script.raw("").beforeBody().hang();
      default -> Front.echo(seen);
    };
  }

  static Stream<Row> rows() {
    return RefusedBodyRows.early();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aBodyThatTheBackendDoesNotWantIsDrainedOrTheConnectionClosed(Row row) throws Exception {
    var unused = front.check(row);
  }

  @Test
  @DisplayName("A19 a backend that refuses 100 MB and closes does not hang the client")
  void aRefusalInTheMiddleOfAnUploadEndsIt() throws Exception {
    try (RawClient client = Front.client().timeout(Duration.ofSeconds(5))) {
      client.send(head("POST /api/413 HTTP/1.1", HOST, KEY, "Content-Length: " + HUNDRED_MB));
      var unused = Front.sending(client, out -> Generated.write(out, HUNDRED_MB));
      Reply reply = client.readFinal(false);
      assertThat(reply.end()).isNotEqualTo(Reply.End.TIMEOUT);
      assertThat(reply.status()).isIn(0, 413, 502); // 502: the reset came before the answer
    }
  }

  @ParameterizedTest(name = "A22 {0} in place of 100")
  @ValueSource(ints = {401, 417})
  void aFinalAnswerToAnExpectationLeavesTheBodyWhereItIs(int status) throws Exception {
    try (RawClient client = Front.client()) {
      client.send(
          head(
              "POST /api/" + status + " HTTP/1.1",
              HOST,
              KEY,
              "Expect: 100-continue",
              "Content-Length: 5"));
      Reply reply = client.readFinal(false);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.interim()).isEmpty();
    }
    assertThat(front.seen("/" + status).bodySoFar().length()).isZero();
  }
}
