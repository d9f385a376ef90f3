package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
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

/** Whatever a client writes, the backend is ours, and gets the bytes that the client sent. */
@ArquillianTest
@RunAsClient
@DisplayName("Catalogue C: targets and where they lead")
final class TargetIT {
  private static final Origin TRAP = Origin.answering(seen -> Script.ok("trap"));
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
    TRAP.close();
  }

  static Stream<Row> rows() {
    return new TargetRows(TRAP.port()).all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theTargetIsTheClientsAndTheServerIsOurs(Row row) throws Exception {
    var unused = front.check(row);
    assertThat(TRAP.connections()).as("connections to the other server").isZero();
  }

  @ParameterizedTest(name = "C10 a redirect ({0}) is the client's to follow")
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreNotFollowed(int status) throws Exception {
    String there = TRAP.url() + "/c10";
    front.answer(seen -> Script.ofStatus(status, "Location: " + there));
    try (RawClient client = Front.client()) {
      Reply reply = client.get("/c10-" + status);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.headers("Location")).containsExactly(there);
    } finally {
      front.answer(Front::echo);
    }
    assertThat(TRAP.connections()).isZero();
  }

  @Test
  @DisplayName("C11 an answer to an upgrade that we did not pass on is an ordinary one")
  void anUpgradeIsNotPassedOn() throws Exception {
    try (RawClient client = Front.client()) {
      Reply reply = client.get("/c11-get", "Connection: upgrade", "Upgrade: websocket");
      if (reply.status() == 200) {
        assertThat(front.seen("/c11-get").headers("Connection")).doesNotContain("upgrade");
        assertThat(client.get("/c11-after").text()).isEqualTo("GET /c11-after");
      } else {
        assertThat(reply.status()).isIn(400, 426);
      }
    }
  }
}
