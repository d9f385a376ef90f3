package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class SampleBackendTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private SampleBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = SampleBackend.start(0);
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void aRequestIsEchoed() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(at("/a%20b?x=%7a"))
            .header("X-Many", "1")
            .header("X-Many", "2")
            .method("PATCH", HttpRequest.BodyPublishers.ofString("hello"))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).body())
        .startsWith("{\"method\":\"PATCH\",\"path\":\"/a%20b\",\"query\":\"x=%7a\",")
        .contains("\"X-Many\":[\"1\",\"2\"]")
        .endsWith("\"body\":\"hello\",\"port\":" + backend.port() + "}");
  }

  @Test
  void itIsHealthy() throws Exception {
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void controlsShapeTheAnswer() throws Exception {
    HttpResponse<String> response = get("/?status=503&size=100k&cacheControl=max-age=60");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Cache-Control")).contains("max-age=60");
    assertThat(response.body()).hasSize(102_400);
  }

  @Test
  void aMalformedControlIsExplained() throws Exception {
    HttpResponse<String> response = get("/?delay=soon");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("delay: 'soon' is not a duration");
  }

  @Test
  void anAbortedAnswerIsCut() {
    assertThatIOException().isThrownBy(() -> get("/?abort=middle&size=100k"));
  }

  @Test
  @Timeout(10)
  void anAnswerOnItsWayIsNotCutByAClose() {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(at("/?delay=100ms&size=1m")).build(), BodyHandlers.ofString());
    while (backend.inFlight() == 0) {
      Thread.onSpinWait();
    }
    backend.close();
    assertThat(answer.join().body()).hasSize(1 << 20);
  }

  @Test
  void aClosedOneCanBeStartedAgainOnItsPort() throws Exception {
    get("/");
    backend.close();
    backend = SampleBackend.start(backend.port());
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(at(target)).build(), BodyHandlers.ofString());
  }

  private URI at(String target) {
    return URI.create(backend.uri() + target);
  }
}
