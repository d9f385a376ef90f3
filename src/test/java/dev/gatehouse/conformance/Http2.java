package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Await;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's client on one HTTP/2 connection to the server under test. */
final class Http2 {
  private final ServerUnderTest server = ServerUnderTest.current();
  private final HttpClient client =
      HttpClient.newBuilder().sslContext(server.trust()).version(HttpClient.Version.HTTP_2).build();

  /** GET with a key. */
  <T> CompletableFuture<HttpResponse<T>> get(String target, BodyHandler<T> handler) {
    HttpRequest request =
        HttpRequest.newBuilder(server.https().resolve(target))
            .header("X-API-Key", Settings.KEY)
            .build();
    return client.sendAsync(request, handler);
  }

  /** Whole bodies as text; runs something when a head is there. */
  static BodyHandler<String> text(Runnable onHead) {
    return info -> {
      onHead.run();
      return BodySubscribers.ofString(UTF_8);
    };
  }

  /** A whole answer over HTTP/2. */
  static HttpResponse<String> whole(CompletableFuture<HttpResponse<String>> answer)
      throws Exception {
    HttpResponse<String> response = answer.get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    return response;
  }

  /** Why there is no whole answer: what the client was told, in time. */
  static Throwable failure(CompletableFuture<HttpResponse<String>> answer) throws Exception {
    try {
      HttpResponse<String> response = answer.get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      throw new AssertionError("a whole " + response + " of " + response.body().length());
    } catch (TimeoutException e) {
      throw new AssertionError("neither an end nor an abort", e);
    } catch (ExecutionException e) {
      return Optional.ofNullable(e.getCause()).orElse(e);
    }
  }
}
