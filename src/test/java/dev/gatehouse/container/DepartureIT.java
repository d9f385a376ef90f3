package dev.gatehouse.container;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The plain case; {@link DepartureStoryIT} has the others. */
@ArquillianTest
@RunAsClient
@DisplayName("A departure while the backend is silent")
final class DepartureIT {
  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void endsTheExchangeAtTheBackend() throws Exception {
    try (Backend backend = new Backend(seen -> Script.silence());
        Gatehouse gatehouse = Gatehouse.deploy(Settings.of(backend))) {
      Seen seen;
      try (RawClient client = RawClient.to(gatehouse.http())) {
        client.send("GET /left HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
        seen = backend.request("/left");
      }
      Await.until("its connection is closed", () -> !backend.isOpen(seen.connection()));
      Status.awaitNothingInFlight(server);
    }
  }
}
