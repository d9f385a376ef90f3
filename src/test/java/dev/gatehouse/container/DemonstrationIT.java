package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The first command of the README does what the README says. */
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "jetty")
@DisplayName("Demonstration")
final class DemonstrationIT {
  private final Path project = Path.of(System.getProperty("gatehouse.it.project"));
  private final Path directory = Path.of(System.getProperty("gatehouse.it.target"), "it", "demo");

  @Test
  void fromItsFirstStartToItsEndItDoesWhatTheReadmeShows() throws Exception {
    try (Demonstration demo = Demonstration.start(directory, Map.of())) {
      demo.awaitReady();
      assertThat(demo.output()).contains("Gatehouse is up.", "Made development keys");
      HttpClient client = HttpClient.newBuilder().sslContext(demo.trust()).build();

      List<CurlLine> lines = CurlLine.in(project.resolve("README.md"), "/test ");
      assertThat(lines).as("curl lines of the README").hasSizeGreaterThan(1);
      JsonObject get = echo(client, lines.get(0).request(demo.httpsPort()));
      assertThat(get.getString("method") + get.getString("path")).isEqualTo("GET/test");
      JsonObject post = echo(client, lines.get(1).request(demo.httpsPort()));
      assertThat(post.getString("method") + post.getString("path")).isEqualTo("POST/test");
      assertThat(post.getString("body")).isEqualTo("{\"hello\": \"world\"}");

      Set<String> answered = new TreeSet<>();
      for (int i = 0; i < 8; i++) {
        answered.add(
            send(client, lines.get(1).request(demo.httpsPort()))
                .headers()
                .firstValue("X-Backend-Server")
                .orElseThrow());
      }
      assertThat(answered).containsExactlyInAnyOrderElementsOf(demo.backends());

      URI status = URI.create("https://127.0.0.1:" + demo.httpsPort() + "/_proxy/status.json");
      HttpRequest ask = HttpRequest.newBuilder(status).header("X-API-Key", demo.adminKey()).build();
      Await.until("four that are healthy", () -> healthy(json(send(client, ask))) == 4);
      HttpRequest stranger = HttpRequest.newBuilder(status).POST(BodyPublishers.noBody()).build();
      assertThat(client.send(stranger, BodyHandlers.discarding()).statusCode()).isEqualTo(401);

      String drained = demo.backends().get(2);
      URI drain = status.resolve("/_proxy/backends/default/" + drained + "/drain");
      HttpRequest wish =
          HttpRequest.newBuilder(drain)
              .header("X-API-Key", demo.adminKey())
              .POST(BodyPublishers.ofString("reason=trial"))
              .build();
      assertThat(client.send(wish, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      Await.until(
          "the log's table with the page's word",
          () ->
              demo.output()
                  .lines()
                  .anyMatch(
                      line ->
                          line.contains("│ https://" + drained) && line.contains("│ DRAINING ")));

      assertThat(demo.processes()).as("the demonstration and its Jetty").hasSize(2);
      demo.interrupt();
      demo.awaitEnd();
      assertThat(demo.processes()).isEmpty();
    }
  }

  @Test
  void withoutAKeyItSaysWhyAndEnds() throws Exception {
    Path empty = Files.writeString(directory.resolveSibling("no-keys"), "");
    Map<String, String> environment = Map.of("PROXY_AUTH_APIKEYFILE", empty.toString());
    try (Demonstration demo = Demonstration.start(directory, environment)) {
      assertThat(demo.awaitEnd()).isEqualTo(1);
      assertThat(demo.output())
          .contains("Gatehouse does not start.", "no-keys is empty")
          .containsPattern("Jetty ended with status [1-9]")
          .doesNotContain("Gatehouse is up.");
      assertThat(demo.processes()).isEmpty();
    }
  }

  private static JsonObject echo(HttpClient client, HttpRequest request) throws Exception {
    HttpResponse<String> answer = send(client, request);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    return json(answer);
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request)
      throws Exception {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader =
        JsonProvider.provider().createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private static long healthy(JsonObject status) {
    return status.getJsonArray("pools").getJsonObject(0).getJsonArray("backends").stream()
        .map(JsonValue::asJsonObject)
        .filter(backend -> backend.getString("status").equals("HEALTHY"))
        .count();
  }
}
