package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Generated;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RawHttp2;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies beyond what containers take by themselves: WildFly 10 MB, and forms 2 MB (Tomcat) or 200
 * kB (Jetty) where a servlet has them parsed.
 */
@ArquillianTest
@RunAsClient
@DisplayName("Large bodies")
final class BodySizeIT {
  private static final long LARGE = 12_000_000;
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final int FRAME = 10_000;
  private static final int TOO_MUCH = WildFlyFiles.LIMIT + FRAME;
  private static final Backend BACKEND = new Backend(seen -> Script.ok("thanks"));

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

  private static String post(String target, String framing) {
    return "POST "
        + target
        + " HTTP/1.1\r\nHost: h\r\n"
        + Settings.KEY_LINE
        + "\r\n"
        + FORM
        + "\r\n"
        + framing
        + "\r\n\r\n";
  }

  @ParameterizedTest(name = "in chunks: {0}")
  @ValueSource(booleans = {true, false})
  void aLargeFormArrivesUnparsed(boolean chunked) throws Exception {
    String target = "/form-" + chunked;
    try (RawClient client = RawClient.to(server.http())) {
      if (chunked) {
        client.send(post(target, "Transfer-Encoding: chunked"));
        Generated.writeChunked(client.out(), LARGE);
      } else {
        client.send(post(target, "Content-Length: " + LARGE));
        Generated.write(client.out(), LARGE);
      }
      assertThat(client.readFinal(false).text()).isEqualTo("thanks");
    }
    assertThat(BACKEND.request(target).body().sha256()).isEqualTo(Generated.sha256(LARGE));
  }

  @Test
  void aLargeFormOverHttp2ArrivesUnparsed() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.https().resolve("/h2-form"))
            .header("X-API-Key", Settings.KEY)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofInputStream(() -> Generated.stream(LARGE)))
            .build();
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(server.trust())
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("thanks");
    assertThat(BACKEND.request("/h2-form").body().sha256()).isEqualTo(Generated.sha256(LARGE));
  }

  /** By {@code max-post-size}: we are not asked about a length, and can't answer the rest. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Content-Length: " + TOO_MUCH, "Transfer-Encoding: chunked"})
  @EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
  void beyondUndertowsOwnLimitNothingIsWhole(String framing) throws Exception {
    boolean chunked = framing.endsWith("chunked");
    String target = "/too-much-" + chunked;
    try (RawClient client = RawClient.to(server.limitedPort())) {
      client.send(post(target, framing));
      if (chunked) {
        client.send(Integer.toHexString(TOO_MUCH) + "\r\n");
      }
      client.send("x".repeat(TOO_MUCH));
      Reply reply = client.readFinal(false);
      assertThat(reply.status()).isEqualTo(chunked ? 0 : 400);
    }
    assertNothingWhole(target);
  }

  @ParameterizedTest(name = "told its length: {0}")
  @ValueSource(booleans = {true, false})
  @EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
  void beyondUndertowsOwnLimitNothingIsWholeOverHttp2(boolean sized) throws Exception {
    String target = "/too-much-http2-" + sized;
    List<String> head = new ArrayList<>();
    Collections.addAll(head, ":method: POST", ":scheme: http", ":path: " + target);
    Collections.addAll(head, ":authority: h", "x-api-key: " + Settings.KEY);
    if (sized) {
      head.add("content-length: " + TOO_MUCH);
    }
    try (RawHttp2 client = RawHttp2.to(server.limitedPort())) {
      client.headers(1, false, head.toArray(String[]::new));
      for (int sent = 0; sent < TOO_MUCH; sent += FRAME) {
        client.data(1, sent + FRAME == TOO_MUCH, "x".repeat(FRAME));
      }
      assertThat(client.answer(1).end()).isEqualTo(RawHttp2.Answer.End.RESET);
    }
    assertNothingWhole(target);
  }

  private void assertNothingWhole(String target) throws IOException {
    Status.awaitNothingInFlight(server);
    assertThat(BACKEND.requests().stream().filter(seen -> seen.target().equals(target)))
        .noneMatch(Seen::isWhole);
  }
}
