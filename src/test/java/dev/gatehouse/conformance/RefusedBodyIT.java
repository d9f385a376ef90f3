package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Front.KEY;
import static dev.gatehouse.conformance.Text.HOST;
import static dev.gatehouse.conformance.Text.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
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

/** What is behind a head that is refused is never a request. */
@ArquillianTest
@RunAsClient
@DisplayName("Catalogue A17 to A19, A22: bodies that nobody wants")
final class RefusedBodyIT {
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
                "proxy.limit.maxBodySize", "2m",
                "proxy.viaHost", "conformance",
                "proxy.guard.methods", "GET,POST",
                "proxy.guard.maxUriLength", "4k",
                "proxy.guard.maxHeaders", "50"));
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  static Stream<Row> rows() {
    return RefusedBodyRows.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aRefusedBodyIsDrainedOrTheConnectionClosed(Row row) throws Exception {
    var unused = front.check(row);
  }

  @Test
  @DisplayName("A22 without a key an expected body is not asked for")
  void aRefusedExpectationIsFinal() throws Exception {
    try (RawClient client = Front.client()) {
      client.send(head("POST /api/x HTTP/1.1", HOST, "Expect: 100-continue", "Content-Length: 5"));
      Reply reply = client.readFinal(false);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.interim()).isEmpty();
    }
  }

  @Test
  @DisplayName("A22 with a key it is")
  void anAcceptedExpectationIsInvited() throws Exception {
    try (RawClient client = Front.client()) {
      client.send(
          head("POST /api/y HTTP/1.1", HOST, KEY, "Expect: 100-continue", "Content-Length: 5"));
      assertThat(client.read().status()).isEqualTo(100);
      client.send("hello");
      assertThat(client.readFinal(false).text()).isEqualTo("POST /y");
    }
    assertThat(front.seen("/y").body().text()).isEqualTo("hello");
  }
}
