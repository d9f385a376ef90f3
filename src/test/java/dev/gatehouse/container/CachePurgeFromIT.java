package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may not send PURGE, whatever fields say; and what only who looks for faults is shown. */
@ArquillianTest
@RunAsClient
@DisplayName("Purge from elsewhere")
final class CachePurgeFromIT {
  private static final Backend BACKEND =
      new Backend(
          seen ->
              Script.ofStatus(
                  200, "Cache-Control: max-age=600", "Vary: Cookie", "Content-Type: a/b"));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(BACKEND));
    settings.put("proxy.debug", "true");
    settings.put("proxy.guard.methods", "*");
    settings.put("proxy.forwarded.trustedProxies", "127.0.0.1, ::1");
    settings.put("proxy.cache.purge.from", "192.0.2.1");
    settings.put("proxy.cache.requestDirectives", "true");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @Test
  void itIsTheConnectionThatCounts() throws Exception {
    send("GET", "/a");
    for (String line : List.of("X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1", "X: y")) {
      Reply refused = send("PURGE", "/a", line);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("Cache-Status")).contains("gatehouse; detail=purge");
    }
    assertThat(send("GET", "/a").header("X-Cache")).contains("HIT");
    assertThat(BACKEND.requests()).noneMatch(seen -> seen.method().equals("PURGE"));
  }

  @Test
  void whoLooksForFaultsIsShownTheKeyWithoutWhatVarySelectsBy() throws Exception {
    String key = "key=\"4:http1:h4:/k?q3:GET0:\"";
    for (int i = 0; i < 2; i++) {
      assertThat(send("GET", "/k?q", "Cookie: secret=1").header("Cache-Status").orElseThrow())
          .contains(key)
          .doesNotContain("secret");
    }
  }

  @Test
  void whatClientsAskForIsTheReasonThatIsTold() throws Exception {
    send("GET", "/r");
    assertThat(told("no-store")).startsWith("gatehouse; fwd=request; ");
    assertThat(told("no-store")).endsWith("; detail=request-no-store");
    assertThat(told("no-cache")).endsWith("; detail=request-no-cache");
    assertThat(told("min-fresh=9999")).endsWith("; detail=request-min-fresh");
    Reply none = send("GET", "/none", "Cache-Control: only-if-cached");
    assertThat(none.status()).isEqualTo(504);
    assertThat(none.header("Cache-Status").orElseThrow())
        .startsWith("gatehouse; key=")
        .endsWith("; detail=only-if-cached");
  }

  private String told(String directive) throws IOException {
    return send("GET", "/r", "Cache-Control: " + directive).header("Cache-Status").orElseThrow();
  }

  private Reply send(String method, String target, String... lines) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: h\r\n");
    request.append(Settings.KEY_LINE).append("\r\n");
    List.of(lines).forEach(line -> request.append(line).append("\r\n"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.exchange(request.append("\r\n").toString());
      Status.awaitNothingInFlight(server); // the client has it all a moment before it is kept
      return reply;
    }
  }
}
