package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Upstream;
import java.net.URI;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each backend has a destination of its own, and only as long as the client has it. */
@Timeout(60)
class BackendClientTest {
  private final Upstream upstream = new Upstream("a", URI.create("http://127.0.0.1:9"), 1);
  private HttpClient client = new HttpClient();

  @BeforeEach
  void start() throws Exception {
    client = UpstreamClient.start(Settings.CLIENT, Settings.TLS);
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
  }

  private Request to(Upstream upstream) {
    return new UpstreamRequest(client, upstream, "GET", "/", null, hints -> {});
  }

  @Test
  void aBackendKeepsItsDestination() {
    Destination first = client.resolveDestination(to(upstream));
    assertThat(client.resolveDestination(to(upstream))).isSameAs(first);
    assertThat(client.getDestinations()).containsExactly(first);
  }

  @Test
  void anotherBackendAtTheSameAddressHasAnother() {
    Upstream other = new Upstream("b", upstream.url(), 1);
    assertThat(client.resolveDestination(to(other)))
        .isNotSameAs(client.resolveDestination(to(upstream)));
  }

  @Test
  void oneThatIsRemovedIsNotUsedAgain() {
    Destination first = client.resolveDestination(to(upstream));
    client.removeDestination(first);
    Destination second = client.resolveDestination(to(upstream));
    assertThat(second).isNotSameAs(first);
    assertThat(client.getDestinations()).containsExactly(second);
  }

  @Test
  void aRequestThatKeepsAwayFromThePoolHasAnother() {
    UpstreamRequest fresh = new UpstreamRequest(client, upstream, "GET", "/", null, hints -> {});
    fresh.onFreshConnection();
    assertThat(client.resolveDestination(fresh))
        .isNotSameAs(client.resolveDestination(to(upstream)));
  }
}
