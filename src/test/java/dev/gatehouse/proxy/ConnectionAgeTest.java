package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Script;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pooled connection is used for a while, not for ever. */
@Timeout(60)
class ConnectionAgeTest {
  private final Origin origin = Origin.answering(seen -> Script.ok("fine"));

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void afterSoManyRequestsItIsClosed() throws Exception {
    get(Duration.ZERO, 3, 7);
    assertThat(origin.connections()).isEqualTo(3);
  }

  @Test
  void anOldOneIsNotUsedAgain() throws Exception {
    get(Duration.ofMillis(1), 0, 3);
    assertThat(origin.connections()).isEqualTo(3);
  }

  @Test
  void withoutBoundsItIsUsedAgain() throws Exception {
    get(Duration.ZERO, 0, 20);
    assertThat(origin.connections()).isEqualTo(1);
  }

  private void get(Duration maxAge, int maxRequests, int times) throws Exception {
    HttpClient client = UpstreamClient.start(of(maxAge, maxRequests), Settings.TLS);
    try {
      for (int i = 0; i < times; i++) {
        assertThat(client.newRequest(origin.url()).send().getStatus()).isEqualTo(200);
        long used = System.nanoTime(); // the connection may be much younger than its request
        Await.until("it is older", () -> System.nanoTime() - used > 2_000_000);
      }
    } finally {
      client.stop();
    }
  }

  private static ProxyConfig.Client of(Duration maxAge, int maxRequests) {
    ProxyConfig.Client usual = Settings.CLIENT;
    return new ProxyConfig.Client(
        usual.connectTimeout(),
        usual.responseTimeout(),
        usual.idleTimeout(),
        usual.totalTimeout(),
        usual.keepAliveTimeout(),
        maxAge,
        maxRequests,
        usual.maxConnections(),
        usual.maxThreads(),
        usual.selectors(),
        usual.requestBufferSize(),
        usual.responseBufferSize(),
        usual.maxResponseHeadersSize());
  }
}
