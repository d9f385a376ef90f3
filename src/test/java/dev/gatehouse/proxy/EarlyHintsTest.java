package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Script;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("RFC 8297: early hints")
class EarlyHintsTest {
  private static final Script HINTED =
      Script.raw(
          "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
              + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

  @Test
  void clientsThatDoNotReadThemHoldFewThreads() throws Exception {
    HttpClient client = UpstreamClient.start(Settings.CLIENT, Settings.TLS); // of 8 threads one
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger passed = new AtomicInteger();
    try (Origin origin = Origin.answering(seen -> HINTED)) {
      Upstream upstream = new Upstream("a", origin.url(), 1);
      request(
              client,
              upstream,
              hints -> {
                held.countDown();
                await(read);
              })
          .send(result -> over.countDown());
      assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 20; i++) {
        ContentResponse response =
            request(client, upstream, hints -> passed.incrementAndGet()).send();
        assertThat(response.getContentAsString()).isEqualTo("ok");
      }
      assertThat(passed).as("while the one thread waits").hasValue(0);
      read.countDown();
      assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
      var unused = request(client, upstream, hints -> passed.incrementAndGet()).send();
      assertThat(passed).hasValue(1);
    } finally {
      read.countDown();
      client.stop();
    }
  }

  private static UpstreamRequest request(
      HttpClient client, Upstream upstream, Consumer<HttpFields> hints) {
    return new UpstreamRequest(client, upstream, "GET", "/", null, hints);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
