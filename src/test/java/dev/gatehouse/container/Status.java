package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;

/** What the WAR under test says of itself as JSON. */
public record Status(JsonObject json) {
  /** Asks for it with the admin key. */
  public static Status get(ServerUnderTest server) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/_proxy/status.json", Settings.ADMIN_LINE);
      if (reply.status() != 200) {
        throw new IOException("no status: " + reply.statusLine());
      }
      try (JsonReader reader =
          JsonProvider.provider().createReader(new StringReader(reply.text()))) {
        return new Status(reader.readObject());
      }
    }
  }

  /** Requests under way, this question included. */
  int inFlight() {
    return json.getJsonObject("totals").getInt("inFlight");
  }

  /** Waits for the end of all exchanges; a client may have its answer a moment before. */
  public static void awaitNothingInFlight(ServerUnderTest server) {
    Await.until(
        "nothing in flight but the question itself",
        () -> {
          assertThat(get(server).inFlight()).isEqualTo(1);
          return true;
        });
  }

  /** The backends of the one pool. */
  List<JsonObject> backends() {
    return json.getJsonArray("pools").getJsonObject(0).getJsonArray("backends").stream()
        .map(JsonValue::asJsonObject)
        .toList();
  }

  /** The one backend with this id. */
  JsonObject backend(String id) {
    return backends().stream()
        .filter(backend -> backend.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
