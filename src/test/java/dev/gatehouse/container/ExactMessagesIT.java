package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields and framing that are easily got wrong, through each container. */
@ArquillianTest
@RunAsClient
@DisplayName("Exact messages")
final class ExactMessagesIT {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(BACKEND));
    settings.put("proxy.rewrite.cookies", "both");
    settings.put("proxy.upstream.responseTimeout", "3s");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @Test
  @DisplayName("B07, B08: names that look like ours, and targets other than ours")
  void aliasesAndOverridesStayOutside() throws Exception {
    BACKEND.answer(seen -> Script.ok("ok"));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(
              client
                  .get(
                      "/aliases",
                      Settings.KEY_LINE,
                      "X_Forwarded_For: 203.0.113.9",
                      "X.Forwarded-Proto: https",
                      "X_Real_IP: 203.0.113.9",
                      "X_API_Key: other",
                      "X_Consumer_Id: root",
                      "Content_Length: 5",
                      "Transfer_Encoding: chunked",
                      "X-Original-URL: /admin",
                      "X_Rewrite_URL: /admin",
                      "X-Original-URI: /admin",
                      "Proxy: http://evil.example",
                      "my_own: kept")
                  .status())
          .isEqualTo(200);
    }
    Seen seen = BACKEND.request("/aliases");
    assertThat(names(seen))
        .containsExactlyInAnyOrder(
            "host",
            "via",
            "my_own",
            "x-consumer-id",
            "x-request-id",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port");
    assertThat(seen.headers("X-Consumer-Id")).containsExactly("test");
    assertThat(seen.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
  }

  @Test
  @DisplayName("B02: what Connection nominates neither opens nor closes anything")
  void nominationsChangeNeitherAuthenticationNorFramingNorOurFields() throws Exception {
    BACKEND.answer(seen -> Script.ok(seen.body().text()));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange(
              "POST /nominated HTTP/1.1\r\nHost: localhost\r\n"
                  + Settings.KEY_LINE
                  + "\r\nConnection: X-API-Key, Authorization, Cookie, Content-Length, Host"
                  + "\r\nConnection: Transfer-Encoding, X-Forwarded-Proto, X-Consumer-Id, Via"
                  + "\r\nAuthorization: Basic eDp5\r\nCookie: a=1\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(reply.text()).isEqualTo("hello");
    }
    Seen seen = BACKEND.request("/nominated");
    assertThat(seen.headers("Content-Length")).containsExactly("5");
    assertThat(seen.headers("Host")).containsExactly(BACKEND.authority());
    assertThat(seen.headers("X-Forwarded-Proto")).containsExactly("http");
    assertThat(seen.headers("X-Consumer-Id")).containsExactly("test");
    assertThat(seen.headers("Via")).singleElement().asString().startsWith("1.1 gatehouse-");
    assertThat(names(seen)).doesNotContain("authorization", "cookie", "connection", "x-api-key");
  }

  @Test
  @DisplayName("B03: nominated by the response")
  void aResponseTakesBackWhatItNominatesButItsLength() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw(
                OK
                    + "Connection: Set-Cookie, ETag, Content-Length\r\nSet-Cookie: a=1\r\n"
                    + "Set-Cookie: b=2\r\nETag: \"x\"\r\nX-Kept: 1\r\nContent-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/take-back", Settings.KEY_LINE);
      assertThat(reply.text()).isEqualTo("ok");
      assertThat(reply.header("Set-Cookie")).isEmpty();
      assertThat(reply.header("ETag")).isEmpty();
      assertThat(reply.header("X-Kept")).contains("1");
      assertThat(reply.headers("Content-Length")).containsExactly("2");
    }
  }

  @Test
  @DisplayName("B11: bytes above 0x7F and repetitions, both ways")
  void valuesArriveByteForByteAndInOrder() throws Exception {
    String bytes =
        IntStream.rangeClosed(0x80, 0xFF)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    BACKEND.answer(
        seen ->
            Script.raw(
                OK
                    + "X-Bytes: "
                    + bytes
                    + "\r\nX-List: 1\r\nx-list: \"2, 3\"\r\nX-Other: -\r\nX-LIST: 4"
                    + "\r\nContent-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.get(
              "/bytes",
              Settings.KEY_LINE,
              "X-Bytes: " + bytes,
              "X-List: 1",
              "X-List: \"2, 3\"",
              "X-Between: -",
              "X-List: 4",
              "Cookie: a=\"x, y\"; b=\u00e9",
              "Authorization: Digest username=\"a,b\", uri=\"/\"");
      assertThat(reply.headers("X-Bytes")).as("in %s", reply).containsExactly(bytes);
      assertThat(reply.headers("X-List")).containsExactly("1", "\"2, 3\"", "4");
    }
    Seen seen = BACKEND.request("/bytes");
    assertThat(seen.headers("X-Bytes")).containsExactly(bytes);
    assertThat(seen.headers("X-List")).containsExactly("1", "\"2, 3\"", "4");
    assertThat(seen.headers("Cookie")).containsExactly("a=\"x, y\"; b=\u00e9");
    assertThat(seen.headers("Authorization")).containsExactly("Digest username=\"a,b\", uri=\"/\"");
  }

  @Test
  @DisplayName("B11: many fields, as far as every container's defaults go")
  void eightyFieldsArriveBothWays() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      lines.add("X-Field-" + i + ": " + "v".repeat(28));
    }
    BACKEND.answer(
        seen -> Script.raw(OK + String.join("\r\n", lines) + "\r\nContent-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      List<String> request = new ArrayList<>(lines);
      request.add(Settings.KEY_LINE);
      Reply reply = client.get("/many", request.toArray(String[]::new));
      assertThat(reply.headerLines()).containsAll(lines);
    }
    assertThat(BACKEND.request("/many").headerLines())
        .usingElementComparator(String.CASE_INSENSITIVE_ORDER) // Tomcat tells names in lower case
        .containsAll(lines);
  }

  @Test
  @DisplayName("B09: fields that point at the backend")
  void whatPointsAtTheBackendPointsAtUs() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw(
                OK
                    + ("Content-Location: " + BACKEND.url() + "/doc\r\n")
                    + ("Refresh: 5 ; URL=\"" + BACKEND.url() + "/next\"\r\n")
                    + "Location: //evil.example/%0d%0aX-Evil:%201\r\n"
                    + "Content-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/points", Settings.KEY_LINE);
      assertThat(reply.headers("Content-Location")).containsExactly("http://localhost/doc");
      assertThat(reply.headers("Refresh")).containsExactly("5 ; URL=\"http://localhost/next\"");
      assertThat(reply.headers("Location")).containsExactly("//evil.example/%0d%0aX-Evil:%201");
      assertThat(reply.header("X-Evil")).isEmpty();
    }
  }

  @Test
  @DisplayName("B10: a backend's cookies become ours, all else in them stays")
  void cookiesAreMappedAndKeepTheirAttributes() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw(
                OK
                    + "Set-Cookie: a=\"x, y\";Domain=127.0.0.1; Path=/ ;SameSite=None; Secure;"
                    + " HttpOnly; Partitioned; Priority=High; X-New\r\n"
                    + "Set-Cookie: __Host-b=2; path=/; Secure\r\n"
                    + "Set-Cookie: c=3; Domain=other.example; Expires=Wed, 21 Oct 2026 07:28:00 GMT"
                    + "\r\nContent-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/cookies", Settings.KEY_LINE).headers("Set-Cookie"))
          .containsExactly(
              "a=\"x, y\";Domain=localhost; Path=/ ;SameSite=None; Secure;"
                  + " HttpOnly; Partitioned; Priority=High; X-New",
              "__Host-b=2; path=/; Secure",
              "c=3; Domain=other.example; Expires=Wed, 21 Oct 2026 07:28:00 GMT");
    }
  }

  @Test
  @DisplayName("A27, A28: RFC 9113 §8.2.3, §8.3.1")
  void http2CookiesAreJoinedAndThereIsOneHost() throws Exception {
    BACKEND.answer(seen -> Script.ok("ok"));
    HttpResponse<byte[]> answer =
        HttpClient.newBuilder()
            .sslContext(server.trust())
            .version(HttpClient.Version.HTTP_2)
            .build()
            .send(
                HttpRequest.newBuilder(server.https().resolve("/crumbs"))
                    .header("X-API-Key", Settings.KEY)
                    .header("Cookie", "a=1")
                    .header("Cookie", "b=\"2, 3\"")
                    .header("Cookie", "c=4")
                    .header("X_Forwarded_For", "203.0.113.9")
                    .build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("ok");
    Seen seen = BACKEND.request("/crumbs");
    assertThat(seen.headers("Cookie")).containsExactly("a=1; b=\"2, 3\"; c=4");
    assertThat(seen.headers("Host")).containsExactly(BACKEND.authority());
    assertThat(names(seen)).noneMatch(name -> name.startsWith(":") || name.contains("_"));
  }

  @Test
  @DisplayName("B14, B16: Date, Server and the reason phrase")
  void aDateIsAddedAndAReasonIsNotPassedOn() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw(
                "HTTP/1.1 404 <script>\u00e9\r\nServer: mine/1\r\nContent-Length: 0\r\n\r\n"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/dated", Settings.KEY_LINE);
      assertThat(reply.headers("Date")).hasSize(1);
      assertThat(reply.headers("Server")).containsExactly("mine/1");
      assertThat(reply.statusLine()).doesNotContain("script");
    }
    String date = "Wed, 21 Oct 2015 07:28:00 GMT";
    BACKEND.answer(seen -> Script.ofStatus(200, "Date: " + date));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/dated", Settings.KEY_LINE).headers("Date")).containsExactly(date);
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "HEAD;200;Content-Length: 5;5",
        "HEAD;200;X-None: 1;",
        "HEAD;200;Transfer-Encoding: chunked;",
        "GET;304;Content-Length: 5;5",
        "GET;304;X-None: 1;",
        "GET;204;Content-Length: 5;",
        "GET;204;Transfer-Encoding: chunked;",
        "GET;205;Content-Length: 5;0",
        "GET;205;X-None: 1;0",
        "GET;205;Content-Length: 0;0",
        "HEAD;205;Content-Length: 5;0",
      })
  @DisplayName("D14: what has no body has none, whatever the backend sends")
  void whatHasNoBodyHasNone(String method, int status, String framing, String length)
      throws Exception {
    BACKEND.answer(
        seen ->
            seen.target().equals("/next")
                ? Script.ok("next")
                : Script.raw("HTTP/1.1 " + status + " X\r\n" + framing + "\r\n\r\nevil!").fin());
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          method + " /none HTTP/1.1\r\nHost: localhost\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      Reply reply = client.readFinal(method.equals("HEAD"));
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.body().length()).isZero();
      boolean none =
          status == 304 && !server.name().equals("jetty"); // the others send none with it
      if (length == null || none) {
        assertThat(reply.headers("Content-Length")).isSubsetOf("0");
      } else {
        assertThat(reply.headers("Content-Length")).containsExactly(length);
      }
      assertThat(client.get("/next", Settings.KEY_LINE).text()).isEqualTo("next");
    }
  }

  @Test
  @DisplayName("D14: the end of a 205 in a packet of its own is its end")
  void aResetContentWhoseLastChunkComesLaterIsWhole() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    BACKEND.answer(
        seen ->
            seen.target().equals("/late-end")
                ? Script.raw("HTTP/1.1 205 X\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .pause(answered)
                    .send("0\r\n\r\n")
                : Script.ok("next"));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/late-end", Settings.KEY_LINE).status()).isEqualTo(205);
      answered.countDown();
      int used = BACKEND.request("/late-end").connection();
      int[] next = {0};
      Await.until(
          "its connection is used again",
          () -> {
            String target = "/late-end-next-" + next[0]++;
            assertThat(client.get(target, Settings.KEY_LINE).text()).isEqualTo("next");
            return BACKEND.request(target).connection() == used;
          });
    } finally {
      answered.countDown();
    }
  }

  @Test
  @DisplayName("D08: delimited by the end of the connection, or by its breaking")
  void aBodyEndsWithItsConnectionUnlessThatIsReset() throws Exception {
    BACKEND.answer(seen -> Script.raw(OK + "\r\nhello").fin());
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/closed", Settings.KEY_LINE);
      assertThat(reply.isWhole()).isTrue();
      assertThat(reply.text()).isEqualTo("hello");
    }
    BACKEND.answer(seen -> Script.raw(OK + "\r\n").sendGenerated(100_000).rst());
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/reset", Settings.KEY_LINE).isWhole()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 5, 7\r\n\r\nhello..",
        OK + "Content-Length: 99999999999999999999\r\n\r\nhello",
        OK + "Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      })
  @DisplayName("D06, D07, D09, D10: no response that can be passed on")
  void whatIsNoSoundResponseIsA502(String bytes) throws Exception {
    BACKEND.answer(
        seen -> seen.target().equals("/next") ? Script.ok("next") : Script.raw(bytes).hang());
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/unsound", Settings.KEY_LINE).status()).isEqualTo(502);
      assertThat(client.get("/next", Settings.KEY_LINE).text()).isEqualTo("next");
    }
  }

  @Test
  void aSessionOfTheBackendsIsNoneOfOurs() throws Exception {
    String target = "/s;jsessionid=abc.node1/t?x";
    BACKEND.answer(seen -> Script.ofStatus(200, "Set-Cookie: JSESSIONID=def; Path=/"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get(target, Settings.KEY_LINE, "Cookie: JSESSIONID=abc.node1");
      assertThat(reply.headers("Set-Cookie")).containsExactly("JSESSIONID=def; Path=/");
    }
    assertThat(BACKEND.request(target).headers("Cookie")).containsExactly("JSESSIONID=abc.node1");
  }

  @Test
  @DisplayName("D11: heads without measure")
  void aHeadThatIsTooLargeIsA502() throws Exception {
    for (String head :
        List.of(
            "X-Large: " + "x".repeat(1_000_000) + "\r\n",
            "x".repeat(64_000) + ": 1\r\n",
            "a: b\r\n".repeat(10_000))) {
      BACKEND.answer(seen -> Script.raw(OK + head + "Content-Length: 0\r\n\r\n").hang());
      try (RawClient client = RawClient.to(server.http())) {
        assertThat(client.get("/large", Settings.KEY_LINE).status()).isEqualTo(502);
      }
    }
  }

  @Test
  @DisplayName("D11: heads below our limit, with the connectors as the README has them")
  void aLargeHeadPasses() throws Exception {
    String value = "x".repeat(12_000);
    BACKEND.answer(seen -> Script.ofStatus(200, "X-Large: " + value));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/between", Settings.KEY_LINE);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("X-Large")).contains(value);
    }
  }

  @Test
  @DisplayName("D09: interim responses, many and without end")
  void interimResponsesEnd() throws Exception {
    String interim = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
    BACKEND.answer(seen -> Script.raw(interim.repeat(1000) + OK + "Content-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/hints", Settings.KEY_LINE).text()).isEqualTo("ok");
    }
    BACKEND.answer(seen -> Script.raw("").drip(interim));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/endless", Settings.KEY_LINE).status()).isEqualTo(504);
    }
  }

  @Test
  @DisplayName("D13: answered before the upload was read")
  void anEarlyAnswerIsPassedOnAndItsConnectionIsNotUsedAgain() throws Exception {
    BACKEND.answer(
        seen ->
            seen.method().equals("GET")
                ? Script.ok("next")
                : Script.raw("HTTP/1.1 413 No\r\nContent-Length: 2\r\n\r\nno").beforeBody());
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /early HTTP/1.1\r\nHost: localhost\r\n"
              + Settings.KEY_LINE
              + "\r\nContent-Length: 1000000\r\n\r\nbegin");
      Reply reply = client.readFinal(false);
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.text()).isEqualTo("no");
    }
    int used = BACKEND.request("/early").connection();
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/after-early", Settings.KEY_LINE).text()).isEqualTo("next");
    }
    assertThat(BACKEND.request("/after-early").connection()).isNotEqualTo(used);
  }

  private static List<String> names(Seen seen) {
    return seen.headerLines().stream()
        .map(line -> line.substring(0, line.indexOf(':', 1)).toLowerCase(Locale.ROOT))
        .toList();
  }
}
