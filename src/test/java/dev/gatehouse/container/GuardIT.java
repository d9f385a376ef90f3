package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RawHttp2;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same rules on every container. Where a status is a range, some container refuses before the
 * WAR sees the request, in its own way; the backend gets nothing in any case.
 */
@ArquillianTest
@RunAsClient
@DisplayName("The guard")
final class GuardIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok(seen.target()));
  private static final Backend OTHER = new Backend(seen -> Script.ok("other"));
  private static final String HEAD = " HTTP/1.1\r\nHost: p.test\r\n" + Settings.KEY_LINE + "\r\n";
  private static final String MEGABYTE = "x".repeat(1_000_000);

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(BACKEND));
    settings.put("proxy.guard.maxUriLength", "1k");
    settings.put("proxy.guard.maxHeaders", "50");
    settings.put("proxy.limit.maxHeaderSize", "4k");
    settings.put("proxy.limit.maxBodySize", "2m");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
    OTHER.close();
  }

  @ParameterizedTest(name = "{0}: rules see {1}")
  @CsvFileSource(resources = "/request-paths.csv", numLinesToSkip = 1)
  void aPathReachesTheBackendAsItCameOrNotAtAll(String path, String rules, String refusedBy)
      throws Exception {
    int before = BACKEND.requests().size();
    Reply reply = reply("GET " + path + HEAD + "\r\n");
    if (rules.equals("400") || server.name().equals(refusedBy)) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(BACKEND.requests()).hasSize(before);
    } else {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo(path);
    }
  }

  @ParameterizedTest(name = "{0} -> {1} to {2}")
  @CsvSource({
    "QUERY /m, 200, 200",
    "FOO /m, 501, 501",
    "get /m, 501, 501",
    "PROPFIND /m, 501, 501",
    "TRACE /m, 403, 405", // Jetty: 403 by its own constraint
    "CONNECT /m, 400, 501", // Jetty: 400, Tomcat: 501
    "CONNECT a:443, 400, 501", // Undertow has no servlet for it: 500
    "G(T /m, 400, 400",
    "OPTIONS *, 200, 200",
    "GET *, 400, 500", // Undertow: 500, as for any target without a slash
    "GET m, 400, 500",
    "GET /m#x, 400, 400",
    "GET /m?x#y, 400, 400",
    "GET /m?x y, 400, 400",
    "GET /m?\u00e9, 400, 400",
    "GET /m\u0001x, 400, 400",
    "GET ftp://p.test/m, 200, 400",
    "GET https://p.test/m, 200, 400",
    "GET file:///etc/passwd, 400, 400",
  })
  void aRequestLineIsForUsOrRefused(String line, int least, int most) throws Exception {
    int before = BACKEND.requests().size();
    int status = reply(line + HEAD + "\r\n").status();
    assertThat(status).isBetween(least, most);
    boolean forwarded = status == 200 && !line.startsWith("OPTIONS");
    assertThat(BACKEND.requests()).hasSize(forwarded ? before + 1 : before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https", "ftp"})
  void aTargetThatNamesAnotherServerNeverLeadsThere(String scheme) throws Exception {
    String target = scheme + "://" + OTHER.authority() + "/a";
    String own =
        " HTTP/1.1\r\nHost: " + OTHER.authority() + "\r\n" + Settings.KEY_LINE + "\r\n\r\n";
    assertThat(reply("GET " + target + HEAD + "\r\n").status()).isIn(200, 400);
    assertThat(reply("GET " + target + own).status()).isIn(200, 400);
    assertThat(OTHER.requests()).isEmpty();
    assertThat(OTHER.openConnections()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTP/1.1.1"})
  void anotherVersionIsRefused(String version) throws Exception {
    int before = BACKEND.requests().size();
    int status = reply("GET /v " + version + HEAD.substring(9) + "\r\n").status();
    assertThat(status).isIn(400, 426, 505); // Jetty would rather be asked for an upgrade to 2.0
    assertThat(BACKEND.requests()).hasSize(before);
  }

  @ParameterizedTest(name = "Host: {0}")
  @ValueSource(strings = {"", "a b", "a,b", "[::1", "a:99999", "u@h", "a..b", "a/b", "[::1%25lo]"})
  void aRequestForNoHostIsRefused(String host) throws Exception {
    refused(400, "GET /h HTTP/1.1\r\nHost: " + host + "\r\n" + Settings.KEY_LINE + "\r\n\r\n");
  }

  @Test
  void aRequestHasOneHost() throws Exception {
    refused(400, "GET /h HTTP/1.1\r\n" + Settings.KEY_LINE + "\r\n\r\n");
    refused(400, "GET /h" + HEAD + "Host: p.test\r\n\r\n");
    assertThat(reply("GET /h HTTP/1.0\r\n" + Settings.KEY_LINE + "\r\n\r\n").status())
        .isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Length: 5~Content-Length: 6 | 400",
        "Content-Length: 5~Content-Length: 5 | 400",
        "Content-Length: 5, 5 | 400",
        "Content-Length: +5 | 400",
        "Content-Length: -1 | 400",
        "Content-Length: 0x5 | 400",
        "Transfer-Encoding: identity | 501",
        "Transfer-Encoding: chunked, chunked | 400",
        "Transfer-Encoding: chunked~Transfer-Encoding: chunked | 400",
        "Transfer-Encoding: gzip, chunked | 501",
      })
  void aBodyOfDoubtfulLengthIsRefusedAndTheConnectionClosed(String fields, int most)
      throws Exception {
    int before = BACKEND.requests().size();
    try (RawClient client = RawClient.to(server.http())) {
      String next = "GET /next" + HEAD + "\r\n";
      Reply reply =
          client.exchange("POST /f" + HEAD + fields.replace("~", "\r\n") + "\r\n\r\n" + next);
      assertThat(reply.status()).isIn(400, most);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(BACKEND.requests()).hasSize(before);
  }

  /** RFC 9112 §6.3 leaves both open. Tomcat takes the length away, so that we cannot tell. */
  @Test
  void chunksBesideALengthAreRefusedOrTheLastRequestOfTheConnection() throws Exception {
    int before = BACKEND.requests().size();
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange(
              "POST /both"
                  + HEAD
                  + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                  + "GET /next"
                  + HEAD
                  + "\r\n");
      assertThat(reply.status()).isEqualTo(server.name().startsWith("tomcat") ? 200 : 400);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(BACKEND.requests().subList(before, BACKEND.requests().size()))
        .allMatch(
            seen -> seen.target().equals("/both") && seen.headers("Content-Length").isEmpty());
  }

  @Test
  void chunksAreNotForHttp10() throws Exception {
    refused(
        400,
        "POST /old HTTP/1.0\r\nHost: p.test\r\n"
            + Settings.KEY_LINE
            + "\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    refused(414, "GET /" + "a".repeat(1100) + HEAD + "\r\n");
    refused(414, "GET /?" + "a".repeat(1100) + HEAD + "\r\n");
    refused(431, "GET /l" + HEAD + "X-A: 1\r\n".repeat(60) + "\r\n");
    refused(431, "GET /l" + HEAD + "X-A: " + "1".repeat(5000) + "\r\n\r\n");
    refused(413, "POST /l" + HEAD + "Content-Length: 3000000\r\n\r\n");
  }

  @Test
  void anUnknownExpectationFails() throws Exception {
    refused(417, "GET /e" + HEAD + "Expect: 200-ok\r\n\r\n");
  }

  @Test
  void aLoopIsFoundByOurNameAndTheConnectionGoesOn() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/first", Settings.KEY_LINE).status()).isEqualTo(200);
      String via = BACKEND.request("/first").header("Via").orElseThrow();
      Reply loop = client.get("/looped", Settings.KEY_LINE, "Via: 1.0 fred, " + via);
      assertThat(loop.status()).isEqualTo(508);
      assertThat(client.get("/not", Settings.KEY_LINE, "Via: 1.1 gatehouse-other").status())
          .isEqualTo(200);
    }
    assertThat(BACKEND.requests()).noneMatch(seen -> seen.target().equals("/looped"));
  }

  @Test
  void noFieldNamesAMethodThatIsNotAllowed() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/o", Settings.KEY_LINE, "X-HTTP-Method-Override: trace");
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("Allow"))
          .contains("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY");
      assertThat(reply.header("Cache-Control")).contains("no-store");
      assertThat(client.get("/o2", Settings.KEY_LINE, "X-HTTP-Method-Override: put").status())
          .isEqualTo(200);
    }
    assertThat(BACKEND.requests()).noneMatch(seen -> seen.target().equals("/o"));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /a/../b | X-A: 1 | 400",
        "PROPFIND /a | X-A: 1 | 501",
        "POST /a | X-Method-Override: TRACE | 405",
        "POST /a | Expect: 200-ok | 417",
        "POST /a | Host: other | 400",
      })
  void noByteBehindARefusedHeadIsTakenForARequest(String line, String field, int status)
      throws Exception {
    int before = BACKEND.requests().size();
    String body = MEGABYTE + "GET /smuggled" + HEAD + "\r\n";
    String head = line + HEAD + field + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
    try (RawClient client = RawClient.to(server.http())) {
      client.send(head);
      sendAsFarAsItGoes(client, body + "GET /next" + HEAD + "\r\n");
      Reply reply = client.readFinal(false);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.isWhole()).isTrue();
      assertThat(client.isAtEnd()).isTrue();
    }
    try (RawClient client = RawClient.to(server.http())) { // in the same piece as the head
      client.send(line + HEAD + field + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      sendAsFarAsItGoes(client, "GET /smuggled" + HEAD + "\r\n");
      assertThat(client.readFinal(false).status()).isEqualTo(status);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(BACKEND.requests()).hasSize(before);
  }

  @Test
  void anUploadThatIsTooLargeIsRefusedWhileItIsComing() throws Exception {
    int before = BACKEND.requests().size();
    try (RawClient client = RawClient.to(server.http())) {
      client.send("POST /large" + HEAD + "Content-Length: 9000000\r\n\r\n");
      for (int i = 0; i < 9 && sendAsFarAsItGoes(client, MEGABYTE); i++) {}
      assertThat(client.readFinal(false).status()).isEqualTo(413);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(BACKEND.requests()).hasSize(before);
  }

  @Test
  void overHttp2ARefusalEndsTheStreamAndNotTheConnection() throws Exception {
    try (RawHttp2 client = RawHttp2.to(server.http().getPort())) {
      client.headers(1, false, http2("POST", "/h2", "x-http-method: TRACE"));
      client
          .data(1, false, "x".repeat(16_000))
          .data(1, false, "x".repeat(16_000))
          .data(1, true, "");
      RawHttp2.Answer refused = client.answer(1);
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.fields()).noneMatch(line -> line.startsWith("connection"));
      client.headers(3, true, http2("GET", "/a/;x/b", "x-a: 1"));
      assertThat(client.answer(3).status()).isEqualTo(400);
      client.headers(5, true, http2("GET", "/h2-next", "x-a: 1"));
      assertThat(client.answer(5).status()).isEqualTo(200);
    }
  }

  private String[] http2(String method, String path, String field) {
    return new String[] {
      ":method: " + method,
      ":scheme: http",
      ":authority: " + server.http().getAuthority(),
      ":path: " + path,
      "x-api-key: " + Settings.KEY,
      field
    };
  }

  /** Refused, with nothing for the backend and no further answer on the connection. */
  private void refused(int status, String request) throws IOException {
    int before = BACKEND.requests().size();
    Reply reply = reply(request);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.isWhole()).isTrue();
    assertThat(BACKEND.requests()).hasSize(before);
  }

  private Reply reply(String request) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.exchange(request);
    }
  }

  private static boolean sendAsFarAsItGoes(RawClient client, String bytes) {
    try {
      client.send(bytes);
      return true;
    } catch (IOException closed) { // the answer is what counts
      return false;
    }
  }
}
