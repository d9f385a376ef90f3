package dev.gatehouse.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.HdrHistogram.Histogram;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each event arrives when it happens. An event is the time of its sending, so the delay shows. */
@ArquillianTest
@RunAsClient
@DisplayName("Event streams")
final class EventStreamSoak {
  private static final int EVENTS = 100;
  private static final int MILLIS_BETWEEN = 50;
  private static final int MOST_MICROS = 200_000;

  private static final Backend BACKEND = new Backend(EventStreamSoak::answer);

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Settings.of(BACKEND));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  private static Script answer(Seen seen) {
    boolean chunked = seen.target().equals("/chunked");
    String framing = chunked ? "Transfer-Encoding: chunked" : "Connection: close";
    Script events =
        Script.head("Content-Type: text/event-stream", framing).writing(out -> send(out, chunked));
    return chunked ? events : events.fin();
  }

  private static void send(OutputStream out, boolean chunked) throws IOException {
    Pace pace = Pace.ofMillis(MILLIS_BETWEEN);
    for (int i = 0; i < EVENTS; i++) {
      pace.await();
      String event = "data: " + System.nanoTime() + "\n\n";
      String size = Integer.toHexString(event.length()) + "\r\n";
      out.write((chunked ? size + event + "\r\n" : event).getBytes(US_ASCII));
    }
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(US_ASCII));
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1, chunked", "HTTP_1_1, to-end", "HTTP_2, chunked", "HTTP_2, to-end"})
  void eachEventArrivesWhenItHappens(HttpClient.Version version, String framing) throws Exception {
    URI root = version == HttpClient.Version.HTTP_2 ? server.https() : server.http();
    HttpClient client = HttpClient.newBuilder().version(version).sslContext(server.trust()).build();
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(root.resolve("/" + framing))
                .header("X-API-Key", Settings.KEY)
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(answer.version()).isEqualTo(version);
    Histogram micros = new Histogram(3);
    try (BufferedReader in = new BufferedReader(new InputStreamReader(answer.body(), US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("data: ")) {
          long sent = Long.parseLong(line.substring("data: ".length()));
          micros.recordValue((System.nanoTime() - sent) / 1000);
        }
      }
    }
    Figures.print(
        "events: %s, %s: %d events, delay p50 %.1f ms, p99 %.1f ms, max %.1f ms",
        version,
        framing,
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getMaxValue() / 1000.0);
    assertThat(micros.getTotalCount()).isEqualTo(EVENTS);
    assertThat(micros.getMaxValue()).isLessThanOrEqualTo(MOST_MICROS);
  }
}
