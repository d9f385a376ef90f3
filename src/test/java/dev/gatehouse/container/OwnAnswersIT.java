package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** D16: what the proxy says itself, and that nothing is in it that is nobody's business. */
@ArquillianTest
@RunAsClient
@DisplayName("Own answers")
final class OwnAnswersIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));
  private static final String ID = "[0-9a-f]{32}";
  private static final String JSON = "Accept: application/json";

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(
        Settings.with(
            Settings.with(Settings.of(BACKEND), "proxy.upstream.responseTimeout", "500ms"),
            "proxy.forwarded.trustedProxies",
            "127.0.0.2/32"));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  /** Each status of our own that a request can bring about. */
  private enum Own {
    UNAUTHORIZED(401, "GET", "/a", "X-Nothing: 1", "A valid key is needed."),
    BAD_REQUEST(
        400,
        "OPTIONS",
        "/a",
        "Max-Forwards: many",
        "The request is no valid HTTP, or can be read in two ways."),
    NO_PAGE(404, "GET", "/_proxy/none", Settings.ADMIN_LINE, "There is nothing at this address."),
    NO_METHOD_OF_A_PAGE(
        405, "DELETE", "/_proxy/status", Settings.ADMIN_LINE, "This method is not allowed here."),
    BAD_GATEWAY(
        502,
        "GET",
        "/garbage",
        Settings.KEY_LINE,
        "The service behind this proxy gave no valid answer."),
    TIMEOUT(
        504,
        "GET",
        "/silence",
        Settings.KEY_LINE,
        "The service behind this proxy did not answer in time.");

    private final int status;
    private final String method;
    private final String target;
    private final String line;
    private final String detail;

    Own(int status, String method, String target, String line, String detail) {
      this.status = status;
      this.method = method;
      this.target = target;
      this.line = line;
      this.detail = detail;
    }

    Reply by(RawClient client, String... more) throws Exception {
      BACKEND.answer(
          seen ->
              seen.target().equals("/silence")
                  ? Script.silence()
                  : Script.raw("garbage\r\n").fin());
      String lines = more.length == 0 ? "" : String.join("\r\n", more) + "\r\n";
      return client.exchange(
          method + " " + target + " HTTP/1.1\r\nHost: h\r\n" + line + "\r\n" + lines + "\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource(Own.class)
  void anErrorIsTextUnlessAskedOtherwise(Own own) throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = own.by(client);
      String id = checked(reply, own.status);
      assertThat(reply.header("Content-Type").orElse("")).isEqualToIgnoringCase(TEXT);
      assertThat(reply.text()).startsWith(own.status + " ").endsWith("\nRequest " + id + "\n");
      assertThat(reply.text()).contains("\n" + own.detail + "\n");
    }
  }

  private static final String TEXT = "text/plain;charset=utf-8";

  @ParameterizedTest
  @EnumSource(Own.class)
  void anErrorIsJsonForWhoAcceptsIt(Own own) throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = own.by(client, JSON);
      String id = checked(reply, own.status);
      assertThat(reply.header("Content-Type")).contains("application/problem+json");
      try (JsonReader reader =
          JsonProvider.provider().createReader(new StringReader(reply.text()))) {
        JsonObject problem = reader.readObject();
        assertThat(problem.keySet())
            .containsExactlyInAnyOrder("status", "title", "detail", "requestId");
        assertThat(problem.getInt("status")).isEqualTo(own.status);
        assertThat(problem.getString("detail")).isEqualTo(own.detail);
        assertThat(problem.getString("requestId")).isEqualTo(id);
      }
    }
  }

  @Test
  void traceEchoesNothingWhoeverRefusesIt() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.exchange("TRACE / HTTP/1.1\r\nHost: h\r\nX-Secret: s\r\n\r\n");
      assertThat(reply.status()).isIn(403, 405); // Jetty and Undertow forbid it before us
      assertThat(reply.text()).doesNotContainIgnoringCase("x-secret", "jetty", "undertow");
    }
  }

  @Test
  void anAnswerToHeadHasTheSameFieldsAndNoBody() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply get = client.get("/a");
      Reply head = client.exchange("HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(head.status()).isEqualTo(401);
      assertThat(checked(head, 401)).matches(ID);
      assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
      assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
      assertThat(client.get("/a").status()).isEqualTo(401); // nothing was left between them
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/web.xml",
        "/WEB-INF/error",
        "/web-inf/error",
        "/WEB-INF/",
        "/META-INF/MANIFEST.MF",
        "/_proxy/error",
        "/error",
        "/x/../WEB-INF/error",
        "/WEB-INF;x/error",
        "/%57EB-INF/error",
      })
  void nothingInsideIsShownWhateverAContainerMakesOfThePath(String path) throws Exception {
    BACKEND.answer(seen -> Script.ok("from behind"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get(path, Settings.KEY_LINE);
      if (!reply.text().equals("from behind")) {
        assertThat(reply.status()).isBetween(400, 499);
        assertSilent(reply);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/garbage"})
  void aClientHasTheIdThatTheBackendHas(String path) throws Exception {
    BACKEND.answer(
        seen ->
            Script.response(200, new byte[0], "X-Request-Id: the-backends", "X-Seen: " + id(seen)));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get(path, Settings.KEY_LINE, "X-Request-Id: the-strangers");
      assertThat(reply.headers("X-Request-Id")).hasSize(1);
      assertThat(reply.header("X-Request-Id").orElse("")).matches(ID);
      assertThat(reply.header("X-Seen")).isEqualTo(reply.header("X-Request-Id"));
    }
  }

  private static String id(Seen seen) {
    return String.join("+", seen.headers("X-Request-Id"));
  }

  @Test
  void eachRequestHasAnIdOfItsOwn() throws Exception {
    BACKEND.answer(seen -> Script.ok("x"));
    Set<String> ids = new HashSet<>();
    try (RawClient client = RawClient.to(server.http())) {
      for (int i = 0; i < 50; i++) {
        ids.add(client.get("/", Settings.KEY_LINE).header("X-Request-Id").orElse(""));
      }
    }
    assertThat(ids).hasSize(50);
  }

  /** What holds for all of them; returns the id. */
  private static String checked(Reply reply, int status) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.isWhole()).isTrue();
    assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
    assertThat(reply.headers("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(reply.headers("Content-Length")).hasSize(1);
    assertThat(reply.headers("X-Request-Id")).hasSize(1);
    assertSilent(reply);
    String id = reply.header("X-Request-Id").orElse("");
    assertThat(id).matches(ID);
    return id;
  }

  private static void assertSilent(Reply reply) {
    assertThat(reply.text() + String.join("\n", reply.headerLines()))
        .doesNotContainIgnoringCase(
            "gatehouse.",
            "jakarta",
            "jetty",
            "tomcat",
            "apache",
            "undertow",
            "wildfly",
            "exception",
            "127.0.0.1",
            BACKEND.authority());
  }
}
