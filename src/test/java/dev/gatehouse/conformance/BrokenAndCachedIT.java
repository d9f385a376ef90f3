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
import java.util.HashMap;
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

/** D04: what breaks off, though it might have been kept for ten minutes, is not kept. */
@ArquillianTest
@RunAsClient
@DisplayName("Broken answers and the cache")
@Timeout(60)
final class BrokenAndCachedIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));
  private static final String KEPT = "Cache-Control: max-age=600";

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(BACKEND));
    settings.put("proxy.upstream.idleTimeout", "500ms");
    settings.put("proxy.upstream.responseTimeout", "2s");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @ParameterizedTest(name = "D04 {0}: the next one is for the backend")
  @EnumSource
  void whatIsBrokenIsNotKept(Break how) throws Exception {
    CountDownLatch head = new CountDownLatch(1);
    String target = "/d04-" + how.name();
    BACKEND.answer(seen -> how.script(head));
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(client.readFinal(false, head::countDown).isWhole()).isFalse();
    }
    BACKEND.answer(seen -> Script.response(200, new byte[] {'a'}, KEPT));
    for (String word : new String[] {"MISS", "HIT"}) {
      Reply reply = get(target);
      assertThat(reply.text()).isEqualTo("a");
      assertThat(reply.header("X-Cache")).contains(word);
    }
    Status.awaitNothingInFlight(server);
  }

  @Test
  @DisplayName("D04: nor does one that breaks off complete what was kept and is stale")
  void whatIsBrokenDoesNotReplaceWhatIsKept() throws Exception {
    String lines = "Cache-Control: max-age=0, must-revalidate";
    BACKEND.answer(
        seen -> Script.response(200, new byte[] {'a'}, lines, "ETag: \"a\"", "X-Which: first"));
    assertThat(get("/d04-twice").text()).isEqualTo("a");
    BACKEND.answer(
        seen ->
            Script.raw("HTTP/1.1 200 OK\r\nETag: \"b\"\r\nContent-Length: 10\r\n")
                .send(KEPT + "\r\n\r\nhello")
                .fin());
    Reply broken = get("/d04-twice");
    assertThat(broken.status() == 502 || !broken.isWhole()).isTrue();
    BACKEND.answer(seen -> Script.response(200, new byte[] {'c'}, KEPT));
    assertThat(get("/d04-twice").text()).isEqualTo("c");
  }

  @Test
  @DisplayName("D04, D05: of a body with more behind it only what was announced is kept")
  void onlyWhatWasAnnouncedIsKept() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + KEPT + "\r\n\r\nhelloworld"));
    assertThat(get("/d05").text()).isEqualTo("hello");
    Reply again = get("/d05");
    assertThat(again.text()).isEqualTo("hello");
    assertThat(again.header("X-Cache")).contains("HIT");
  }

  @Test
  @DisplayName(
      "D07: a Transfer-Encoding that nobody knows ends with the connection, and is dropped")
  void aFieldThatIsNoCodingIsDropped() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: QWERTY\r\n" + KEPT + "\r\n\r\nhello")
                .fin());
    for (String word : new String[] {"MISS", "HIT"}) {
      Reply reply = get("/d07");
      assertThat(reply.text()).isEqualTo("hello");
      assertThat(reply.isWhole()).isTrue();
      assertThat(reply.header("X-Cache")).contains(word);
      assertThat(reply.headers("Transfer-Encoding")).doesNotContain("QWERTY");
      assertThat(reply.headerLines()).noneMatch(line -> line.startsWith("Xr"));
    }
  }

  private Reply get(String target) throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get(target, Settings.KEY_LINE);
      Status.awaitNothingInFlight(server); // the client has it all a moment before it is kept
      return reply;
    }
  }
}
