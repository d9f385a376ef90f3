package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A container sends a 103 while our thread waits, so it is dropped where it would have to. */
@ArquillianTest
@RunAsClient
@DisplayName("Early hints that nobody reads")
final class UnreadHintsStoryIT {
  private static final int CLIENTS = 20;
  private static final String HINT =
      "HTTP/1.1 103 Early Hints\r\nLink: </" + "x".repeat(3_000) + ">\r\n\r\n";

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void leaveThreadsForOthers() throws Exception {
    assumeFalse(server.name().equals("wildfly"), "hints are dropped there");
    List<RawClient> clients = new ArrayList<>();
    AtomicInteger sent = new AtomicInteger();
    try (Backend backend =
            new Backend(
                seen ->
                    seen.target().equals("/hints")
                        ? Script.raw(HINT.repeat(1_900))
                            .writing(out -> sent.incrementAndGet())
                            .hang()
                        : Script.ok("served"));
        Gatehouse gatehouse = Gatehouse.deploy(settings(backend))) {
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = RawClient.to(gatehouse.http());
        clients.add(client);
        client.send("GET /hints HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      }
      Await.until("all is sent", () -> sent.get() == CLIENTS);
      for (int i = 0; i < 20; i++) {
        try (RawClient other = RawClient.to(gatehouse.http())) {
          assertThat(other.get("/other", Settings.KEY_LINE).text()).isEqualTo("served");
        }
      }
      Await.until("no thread waits", () -> !threads().contains("EarlyHints.send("));
      assertThat(clients.get(0).read().status()).isEqualTo(103);
    } finally {
      for (RawClient each : clients) {
        each.close();
      }
    }
    Await.until("no thread of ours", () -> ServerThreads.ours().isEmpty());
  }

  private static Map<String, String> settings(Backend backend) {
    Map<String, String> settings = Settings.of(backend);
    settings.put("proxy.upstream.maxThreads", "16");
    settings.put("proxy.health.timeout", "10s"); // all of this takes time on a busy machine
    settings.put("proxy.health.interval", "10s");
    return settings;
  }

  private static String threads() throws Exception {
    return ServerProcess.current().jcmd("Thread.print");
  }
}
