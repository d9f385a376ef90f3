package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Script;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client passes on: it follows, decodes, stores and adds nothing. */
@Timeout(60)
class UpstreamClientTest {
  private final Origin origin = Origin.scripted();
  private HttpClient client = new HttpClient();

  @BeforeEach
  void start() throws Exception {
    client = UpstreamClient.start(Settings.CLIENT, Settings.TLS);
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    origin.close();
  }

  @Test
  void aRequestHasNoFieldsOfTheClientsOwnBesidesHost() throws Exception {
    origin.enqueue(Script.ok(""));
    get();
    assertThat(origin.seen(0).headerLines()).containsExactly("Host: 127.0.0.1:" + origin.port());
  }

  @Test
  void aRedirectIsForTheClient() throws Exception {
    origin.enqueue(Script.ofStatus(302, "Location: /elsewhere"));
    assertThat(get().getStatus()).isEqualTo(302);
    assertThat(origin.seen()).hasSize(1);
  }

  @Test
  void aChallengeIsForTheClient() throws Exception {
    origin.enqueue(Script.ofStatus(401, "WWW-Authenticate: Basic realm=\"a\""));
    assertThat(get().getStatus()).isEqualTo(401);
    origin.enqueue(Script.ofStatus(407));
    assertThat(get().getStatus()).isEqualTo(407);
  }

  @Test
  void anEncodedBodyStaysAsItIs() throws Exception {
    byte[] notEvenGzip = {1, 2, 3};
    origin.enqueue(Script.response(200, notEvenGzip, "Content-Encoding: gzip"));
    ContentResponse response = get();
    assertThat(response.getContent()).isEqualTo(notEvenGzip);
    assertThat(response.getHeaders().get("Content-Encoding")).isEqualTo("gzip");
    assertThat(response.getHeaders().get("Content-Length")).isEqualTo("3");
  }

  @Test
  void aCookieIsNotKeptForTheNextClient() throws Exception {
    origin.enqueue(Script.ofStatus(200, "Set-Cookie: session=1; Path=/"));
    origin.enqueue(Script.ok(""));
    get();
    get();
    assertThat(origin.seen(1).header("Cookie")).isEmpty();
  }

  @Test
  @DisplayName("RFC 9110 §15.2: interim responses")
  void interimResponsesDoNotHangIt() throws Exception {
    origin.enqueue(
        Script.raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
            .send("HTTP/1.1 102 Processing\r\n\r\n")
            .send("HTTP/1.1 100 Continue\r\n\r\n")
            .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    assertThat(get().getContentAsString()).isEqualTo("ok");
  }

  @Test
  void connectionsAreReused() throws Exception {
    for (int i = 0; i < 5; i++) {
      origin.enqueue(Script.ok("x"));
      get();
    }
    assertThat(origin.connections()).isEqualTo(1);
  }

  @Test
  void anOriginThatComesBackIsUsedAgain() throws Exception {
    origin.answer(request -> Script.ok("up"));
    get();
    origin.stop();
    Await.until("no connection", () -> origin.openConnections() == 0);
    origin.restart();
    Await.until("an answer", () -> get().getStatus() == 200);
  }

  @Test
  void stoppingItEndsItsThreads() throws Exception {
    origin.enqueue(Script.ok(""));
    get();
    assertThat(threads()).isPositive();
    client.stop();
    Await.until("no thread", () -> threads() == 0);
    assertThat(origin.seen()).hasSize(1);
  }

  private ContentResponse get() throws Exception {
    return client.newRequest(origin.url()).send();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gatehouse-client"))
        .count();
  }
}
