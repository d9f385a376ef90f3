package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Area D: each event arrives while the stream lives; the next is sent only then. */
@ArquillianTest
@RunAsClient
@DisplayName("Events")
@Timeout(60)
final class EventsIT {
  private static final int EVENTS = 70;
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

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

  /** How the backend frames its events. */
  private enum Framing {
    CHUNKS("Transfer-Encoding: chunked\r\n\r\n"),
    END_OF_CONNECTION("\r\n");

    private final String head;

    Framing(String head) {
      this.head = head;
    }

    /** Sends an event for each latch, once it is open. */
    Script script(List<CountDownLatch> latches) {
      Script script = Script.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + head);
      for (int i = 0; i < latches.size(); i++) {
        script = script.pause(latches.get(i));
        script = this == CHUNKS ? script.chunk(event(i)) : script.send(event(i));
      }
      return this == CHUNKS ? script.chunk("") : script.fin();
    }
  }

  @ParameterizedTest(name = "D15 {0}, HTTP/1.1: each event arrives before the next is sent")
  @EnumSource
  void eachEventArrives(Framing framing) throws Exception {
    List<CountDownLatch> latches = latches();
    BACKEND.answer(seen -> framing.script(latches));
    try (RawClient client = RawClient.to(ServerUnderTest.current().http())) {
      client.send(
          "GET /events HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n"
              + "Accept-Encoding: gzip, br\r\n"
              + Settings.KEY_LINE
              + "\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .doesNotContainIgnoringCase("content-encoding");
      for (int i = 0; i < EVENTS; i++) {
        latches.get(i).countDown();
        assertThat(client.readUntil(event(i))).isNotEmpty();
      }
    }
  }

  @ParameterizedTest(name = "D15 {0}, HTTP/2: each event arrives before the next is sent")
  @EnumSource
  void eachEventArrivesOverHttp2(Framing framing) throws Exception {
    List<CountDownLatch> latches = latches();
    BACKEND.answer(seen -> framing.script(latches));
    HttpResponse<InputStream> response =
        new Http2()
            .get("/h2-events", BodyHandlers.ofInputStream())
            .get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    try (InputStream body = response.body()) {
      for (int i = 0; i < EVENTS; i++) {
        latches.get(i).countDown();
        String event = event(i);
        assertThat(inTime(event, () -> new String(body.readNBytes(event.length()), UTF_8)))
            .isEqualTo(event);
      }
      assertThat(body.read()).isNegative();
    }
  }

  /** What is read from a stream that knows no time-out. */
  private static String inTime(String what, ThrowingSupplier<String> reading) {
    return assertTimeoutPreemptively(Await.PATIENCE, reading, what);
  }

  private static String event(int number) {
    return "data: " + number + "\n\n";
  }

  private static List<CountDownLatch> latches() {
    return Stream.generate(() -> new CountDownLatch(1)).limit(EVENTS).toList();
  }
}
