package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Generated;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in comes out: methods, targets, fields and bodies, both ways. */
@ArquillianTest
@RunAsClient
@DisplayName("Forwarding")
final class ForwardingIT {
  private static final Set<String> NOT_ON_WILDFLY = Set.of("/q?", "/q?a=%");
  private static final long TEN_MB = 10_000_000;
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

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

  @BeforeEach
  void answerWithTheMethod() {
    BACKEND.answer(seen -> Script.ok(seen.method()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void aMethodArrivesWithItsBodyAndItsAnswerComesBack(String method) throws Exception {
    String target = "/method-" + method;
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange(
              method
                  + " "
                  + target
                  + " HTTP/1.1\r\nHost: localhost\r\n"
                  + Settings.KEY_LINE
                  + "\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo(method);
      assertThat(reply.end().isWhole()).isTrue();
    }
    Seen seen = BACKEND.request(target);
    assertThat(seen.method()).isEqualTo(method);
    assertThat(seen.body().text()).isEqualTo("hello");
  }

  @Test
  void headHasTheLengthAndNoBody() throws Exception {
    BACKEND.answer(
        seen ->
            seen.method().equals("HEAD")
                ? Script.raw("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n")
                : Script.ok("after"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange("HEAD /head HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(reply.header("Content-Length")).contains("1234");
      assertThat(client.get("/after-head", Settings.KEY_LINE).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void aStatusWithoutBodyIsPassedOnAndTheConnectionGoesOn(int status) throws Exception {
    BACKEND.answer(
        seen ->
            seen.target().equals("/after")
                ? Script.ok("after")
                : Script.ofStatus(status, "ETag: \"x\""));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/bodiless-" + status, Settings.KEY_LINE);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header("ETag")).contains("\"x\"");
      assertThat(client.get("/after", Settings.KEY_LINE).text()).isEqualTo("after");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tenMegabytesGoUpWithLengthAndInChunks(boolean chunked) throws Exception {
    String target = "/upload-" + chunked;
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST "
              + target
              + " HTTP/1.1\r\nHost: localhost\r\n"
              + Settings.KEY_LINE
              + (chunked ? "\r\nTransfer-Encoding: chunked" : "\r\nContent-Length: " + TEN_MB)
              + "\r\n\r\n");
      if (chunked) {
        Generated.writeChunked(client.out(), TEN_MB);
      } else {
        Generated.write(client.out(), TEN_MB);
      }
      assertThat(client.readFinal(false).text()).isEqualTo("POST");
    }
    Seen seen = BACKEND.request(target);
    assertThat(seen.isWhole()).isTrue();
    assertThat(seen.body().length()).isEqualTo(TEN_MB);
    assertThat(seen.body().sha256()).isEqualTo(Generated.sha256(TEN_MB));
    assertThat(seen.header("Content-Length").isPresent()).isEqualTo(!chunked);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tenMegabytesComeDownWithLengthAndInChunks(boolean chunked) throws Exception {
    BACKEND.answer(seen -> chunked ? Script.generatedChunked(TEN_MB) : Script.generated(TEN_MB));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/download-" + chunked, Settings.KEY_LINE);
      assertThat(reply.end()).isEqualTo(chunked ? Reply.End.LAST_CHUNK : Reply.End.LENGTH);
      assertThat(reply.body().sha256()).isEqualTo(Generated.sha256(TEN_MB));
    }
  }

  @Test
  void anUploadOverHttp2WithoutLengthArrivesWhole() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Generated.write(bytes, 3_000_000);
    HttpResponse<String> answer =
        http2()
            .send(
                HttpRequest.newBuilder(server.https().resolve("/h2-upload"))
                    .header("X-API-Key", Settings.KEY)
                    .POST(
                        BodyPublishers.fromPublisher(
                            BodyPublishers.ofByteArray(bytes.toByteArray())))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.body()).isEqualTo("POST");
    assertThat(BACKEND.request("/h2-upload").body().sha256())
        .isEqualTo(Generated.sha256(3_000_000));
  }

  @Test
  void http2ClientsAreToldApartByTheForwardedFields() throws Exception {
    http2()
        .send(
            HttpRequest.newBuilder(server.https().resolve("/h2-fields"))
                .header("X-API-Key", Settings.KEY)
                .build(),
            BodyHandlers.ofString());
    Seen seen = BACKEND.request("/h2-fields");
    assertThat(seen.header("X-Forwarded-Proto")).contains("https");
    assertThat(seen.header("X-Forwarded-Host")).contains(server.https().getAuthority());
    assertThat(seen.header("Via").orElseThrow()).matches("2 gatehouse-[0-9a-f]{6}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/plain?a=b&a=&c",
        "/q?",
        "/q?a=%",
        "/a;x=1/b;y?z",
        "/%41%2e%C3%A9",
        "/semi?;a=b",
        "/plus+minus?x=a+b%20c",
      })
  void theTargetArrivesByteForByte(String target) throws Exception {
    Assumptions.assumeFalse(
        server.name().equals("wildfly") && NOT_ON_WILDFLY.contains(target),
        "Undertow refuses a bad escape in a query and says nothing of an empty one");
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get(target, Settings.KEY_LINE).status()).isEqualTo(200);
    }
    assertThat(BACKEND.request(target).target()).isEqualTo(target);
  }

  @Test
  void whatIsNotForAGatewayIsNotForwarded() throws Exception {
    int before = BACKEND.requests().size();
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange("TRACE /t HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(reply.status()).isIn(405, 403); // Jetty's own constraint comes before us
    }
    try (RawClient client = RawClient.to(server.http())) {
      int status =
          client
              .exchange(
                  "POST /t HTTP/1.0\r\nHost: h\r\n"
                      + Settings.KEY_LINE
                      + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
              .status();
      assertThat(status).isBetween(400, 501);
    }
    assertThat(BACKEND.requests()).hasSize(before);
  }

  @Test
  void optionsIsForwardedAsFarAsItsSenderWants() throws Exception {
    String head = " HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\nMax-Forwards: ";
    try (RawClient client = RawClient.to(server.http())) {
      Reply own = client.exchange("OPTIONS /last" + head + "0\r\n\r\n");
      assertThat(own.status()).isEqualTo(200);
      assertThat(own.header("Allow").orElseThrow()).contains("GET", "POST");
      assertThat(client.exchange("OPTIONS /further" + head + "7\r\n\r\n").text())
          .isEqualTo("OPTIONS");
    }
    assertThat(BACKEND.request("/further").headers("Max-Forwards")).containsExactly("6");
    assertThat(BACKEND.requests()).noneMatch(seen -> seen.target().equals("/last"));
  }

  @Test
  void fieldsOfTheConnectionStayOnIt() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw(
                "HTTP/1.1 200 OK\r\nConnection: X-Inner, keep-alive\r\nX-Inner: secret\r\n"
                    + "Keep-Alive: timeout=5\r\nProxy-Authenticate: Basic\r\n"
                    + "X-Outer: public\r\nContent-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.get(
              "/hop",
              Settings.KEY_LINE,
              "Connection: X-Nominated",
              "Connection: keep-alive, X-Other",
              "X-Nominated: 1",
              "X-Other: 2",
              "TE: trailers",
              "Proxy-Authorization: Basic eDp5",
              "X-Kept: yes");
      assertThat(reply.text()).isEqualTo("ok");
      assertThat(reply.header("X-Inner")).isEmpty();
      assertThat(reply.header("Proxy-Authenticate")).isEmpty();
      assertThat(reply.header("X-Outer")).contains("public");
    }
    Seen seen = BACKEND.request("/hop");
    assertThat(seen.header("X-Nominated")).isEmpty();
    assertThat(seen.header("X-Other")).isEmpty();
    assertThat(seen.header("TE")).isEmpty();
    assertThat(seen.header("Proxy-Authorization")).isEmpty();
    assertThat(seen.header("X-Kept")).contains("yes");
  }

  @Test
  void whatAStrangerClaimsOfItselfIsDropped() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      client.get(
          "/stranger",
          Settings.KEY_LINE,
          "X-Forwarded-For: 203.0.113.9",
          "X-Forwarded-Proto: https",
          "X-Forwarded-Host: evil.example",
          "X-Forwarded-Port: 1",
          "X-Forwarded-Prefix: /evil",
          "Forwarded: for=203.0.113.9",
          "X-Real-IP: 203.0.113.9",
          "X-Client-IP: 203.0.113.9",
          "Client-IP: 203.0.113.9",
          "CF-Connecting-IP: 203.0.113.9",
          "X-Envoy-External-Address: 203.0.113.9",
          "Front-End-Https: on",
          "X-Consumer-Id: root");
    }
    Seen seen = BACKEND.request("/stranger");
    assertThat(seen.headerLines()).noneMatch(line -> line.contains("203.0.113.9"));
    assertThat(seen.header("Front-End-Https")).isEmpty();
    assertThat(seen.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(seen.headers("X-Forwarded-Proto")).containsExactly("http");
    assertThat(seen.headers("X-Forwarded-Host")).containsExactly("localhost");
    assertThat(seen.headers("X-Forwarded-Port")).hasSize(1).doesNotContain("1");
    assertThat(seen.header("X-Forwarded-Prefix")).isEmpty();
    assertThat(seen.header("Forwarded")).isEmpty();
    assertThat(seen.header("X-Real-IP")).isEmpty();
    assertThat(seen.headers("X-Consumer-Id")).containsExactly("test");
    assertThat(seen.header("X-API-Key")).isEmpty();
    assertThat(seen.header("Via").orElseThrow()).matches("1.1 gatehouse-[0-9a-f]{6}");
    assertThat(seen.header("Host")).contains(BACKEND.authority());
    assertThat(seen.header("User-Agent")).isEmpty();
  }

  @Test
  void fieldValuesComeBackByteForByteAndInOrder() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw(
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"a,b\", nonce=\"x\"\r\n"
                    + "Set-Cookie: a=\"x, y\"; Path=/; HttpOnly; SameSite=None; Secure\r\n"
                    + "Set-Cookie: b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\n"
                    + "Link: <x>; rel=\"a,b\"\r\nX-Twice: 1\r\nX-Other: -\r\nX-Twice: 2\r\n"
                    + "Content-Length: 0\r\n\r\n"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get("/fields", Settings.KEY_LINE);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers("WWW-Authenticate"))
          .containsExactly("Digest realm=\"a,b\", nonce=\"x\"");
      assertThat(reply.headers("Set-Cookie"))
          .containsExactly(
              "a=\"x, y\"; Path=/; HttpOnly; SameSite=None; Secure",
              "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT");
      assertThat(reply.headers("Link")).containsExactly("<x>; rel=\"a,b\"");
      assertThat(reply.headers("X-Twice")).containsExactly("1", "2");
      assertThat(reply.headers("X-Backend-Server")).containsExactly(BACKEND.authority());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/html; charset=utf-8",
        "text/html;charset=ISO-8859-1",
        "application/json",
        "multipart/mixed; boundary=\"a b\"",
      })
  void theContentTypeMeansTheSame(String type) throws Exception {
    BACKEND.answer(seen -> Script.response(200, new byte[] {1}, "Content-Type: " + type));
    try (RawClient client = RawClient.to(server.http())) {
      String got = client.get("/type", Settings.KEY_LINE).header("Content-Type").orElseThrow();
      assertThat(got.replace(" ", "")).isEqualToIgnoringCase(type.replace(" ", ""));
    }
  }

  @Test
  void aLocationAtTheBackendIsMappedAndOthersAreNot() throws Exception {
    BACKEND.answer(
        seen ->
            Script.ofStatus(
                302,
                "Location: "
                    + (seen.target().equals("/own") ? BACKEND.url() : "http://other.example")
                    + "/next?x=1"));
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/own", Settings.KEY_LINE).header("Location"))
          .contains("http://localhost/next?x=1");
      assertThat(client.get("/foreign", Settings.KEY_LINE).header("Location"))
          .contains("http://other.example/next?x=1");
    }
  }

  @Test
  void eachPieceOfAStreamArrivesBeforeTheNextIsSent() throws Exception {
    CountDownLatch firstRead = new CountDownLatch(1);
    CountDownLatch secondRead = new CountDownLatch(1);
    BACKEND.answer(
        seen ->
            Script.head("Content-Type: text/event-stream", "Transfer-Encoding: chunked")
                .chunk("data: 1\n\n")
                .pause(firstRead)
                .chunk("data: 2\n\n")
                .pause(secondRead)
                .chunk(""));
    try (RawClient client = RawClient.to(server.http())) {
      client.send("GET /events HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(client.readUntil("data: 1\n\n")).contains("200");
      firstRead.countDown();
      assertThat(client.readUntil("data: 2\n\n")).isNotEmpty();
      secondRead.countDown();
      assertThat(client.readUntil("0\r\n\r\n")).isNotEmpty();
    }
  }

  @Test
  void aHeadArrivesBeforeItsBodyBegins() throws Exception {
    CountDownLatch headRead = new CountDownLatch(1);
    BACKEND.answer(seen -> Script.head("Content-Length: 4").pause(headRead).send("body"));
    try (RawClient client = RawClient.to(server.http())) {
      client.send("GET /early-head HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).contains("200");
      headRead.countDown();
      assertThat(client.readUntil("body")).isEqualTo("body");
    }
  }

  @Test
  void announcedTrailersArriveBothWays() throws Exception {
    BACKEND.answer(
        seen ->
            Script.head("Trailer: X-Sum", "Transfer-Encoding: chunked")
                .chunk("body")
                .send("0\r\nX-Sum: 42\r\n\r\n"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange(
              "POST /trailers HTTP/1.1\r\nHost: h\r\n"
                  + Settings.KEY_LINE
                  + "\r\nTrailer: X-Check\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "5\r\nhello\r\n0\r\nX-Check: 7\r\nX-Consumer-Id: root\r\n\r\n");
      assertThat(reply.text()).isEqualTo("body");
      assertThat(reply.end()).isEqualTo(Reply.End.LAST_CHUNK);
      assertThat(reply.trailers()).anyMatch(line -> line.equalsIgnoreCase("X-Sum: 42"));
    }
    Seen seen = BACKEND.request("/trailers");
    assertThat(seen.body().text()).isEqualTo("hello");
    assertThat(seen.trailers()).hasSize(1).allMatch(line -> line.equalsIgnoreCase("X-Check: 7"));
  }

  @Test
  void trailersFollowTheRulesOfHeads() throws Exception {
    BACKEND.answer(
        seen ->
            Script.head("Trailer: X-Sum", "Connection: X-Inner", "Transfer-Encoding: chunked")
                .chunk("body")
                .send(
                    "0\r\nX-Sum: 42\r\nX-Inner: 1\r\nSet-Cookie: a=b\r\nX-Backend-Server: me\r\n"
                        + "Keep-Alive: 1\r\nVary: *\r\n\r\n"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange(
              "POST /trailer-rules HTTP/1.1\r\nHost: h\r\n"
                  + Settings.KEY_LINE
                  + "\r\nTrailer: X-Check\r\nConnection: X-Mine\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "5\r\nhello\r\n0\r\nX-Check: 7\r\nX-Mine: 1\r\nX-Forwarded-For: 203.0.113.9\r\n"
                  + "X-Client-IP: 203.0.113.9\r\nVia: 1.1 x\r\nRange: bytes=0-1\r\n\r\n");
      assertThat(reply.text()).isEqualTo("body");
      assertThat(reply.end()).isEqualTo(Reply.End.LAST_CHUNK);
      assertThat(reply.trailers()).hasSize(1).allMatch(line -> line.equalsIgnoreCase("X-Sum: 42"));
    }
    assertThat(BACKEND.request("/trailer-rules").body().text()).isEqualTo("hello");
    assertThat(BACKEND.request("/trailer-rules").trailers())
        .hasSize(1)
        .allMatch(line -> line.equalsIgnoreCase("X-Check: 7"));
  }

  @Test
  void anUploadReachesTheBackendWhileItIsStillComing() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /streamed HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
      Seen seen = BACKEND.request("/streamed");
      Await.until("the first chunk", () -> seen.bodySoFar().text().equals("first"));
      client.send("6\r\nsecond\r\n0\r\n\r\n");
      assertThat(client.readFinal(false).text()).isEqualTo("POST");
      assertThat(seen.body().text()).isEqualTo("firstsecond");
    }
  }

  @Test
  void aFinalAnswerToExpect100KeepsTheBodyBack() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw("HTTP/1.1 417 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")
                .beforeBody()
                .fin());
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /refused HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.readFinal(false).status()).isEqualTo(417);
    }
    assertThat(BACKEND.request("/refused").bodySoFar().length()).isZero();
  }

  @Test
  void aLargeFinalAnswerToExpect100IsStreamed() throws Exception {
    BACKEND.answer(seen -> Script.generated(5_000_000).beforeBody().fin());
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /large-refusal HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.readFinal(false).body().sha256()).isEqualTo(Generated.sha256(5_000_000));
    }
  }

  @Test
  void connectionsServeOneUploadAfterAnother() throws Exception {
    for (int i = 0; i < 30; i++) {
      try (RawClient client = RawClient.to(server.http())) {
        Reply reply =
            client.exchange(
                "POST /reuse-"
                    + i
                    + " HTTP/1.1\r\nHost: h\r\n"
                    + Settings.KEY_LINE
                    + "\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(reply.status()).isEqualTo(200);
      }
    }
    assertThat(
            BACKEND.requests().stream()
                .filter(seen -> seen.target().startsWith("/reuse-"))
                .map(Seen::connection)
                .distinct())
        .as("those that earlier tests have left, taken in turn")
        .hasSizeLessThan(15);
  }

  @Test
  void anInvitedBodyIsSent() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /invited HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(100);
      client.send("hello");
      assertThat(client.readFinal(false).text()).isEqualTo("POST");
    }
    assertThat(BACKEND.request("/invited").body().text()).isEqualTo("hello");
  }

  @Test
  void earlyHintsDoNotHangTheExchange() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw(
                "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                    + "HTTP/1.1 102 Processing\r\n\r\n"
                    + "HTTP/1.1 199 Whatever\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      client.send("GET /hints HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      if (!server.name().equals("wildfly")) { // Undertow makes a final answer of a 103
        Reply hints = client.read();
        assertThat(hints.status()).isEqualTo(103);
        assertThat(hints.headerLines()).contains("Link: </a.css>");
      }
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("ok");
      assertThat(reply.header("Link")).isEmpty();
      assertThat(client.get("/hints", Settings.KEY_LINE).text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void earlyHintsArriveBeforeTheAnswerIsThere(String scheme) throws Exception {
    Assumptions.assumeFalse(server.name().equals("wildfly"), "hints are dropped there");
    CountDownLatch read = new CountDownLatch(1);
    BACKEND.answer(
        seen ->
            Script.raw("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
                .pause(read)
                .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(scheme.equals("http") ? server.http() : server.https())) {
      client.send("GET /early HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(103);
      read.countDown();
      assertThat(client.read().text()).isEqualTo("ok");
    } finally {
      read.countDown();
    }
  }

  @Test
  void earlyHintsAreNotForHttp10() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw(
                "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    try (RawClient client = RawClient.to(server.http())) {
      client.send("GET /old-hints HTTP/1.0\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(client.read().text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PATCH", "QUERY"})
  void aChunkedBodyArrivesWhateverTheMethod(String method) throws Exception {
    BACKEND.answer(seen -> Script.ok(seen.body().text()));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply =
          client.exchange(
              method
                  + " /chunked-body HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                  + Settings.KEY_LINE
                  + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
      assertThat(reply.text()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "QUERY"})
  void anHttp2RequestWithoutABodyStaysOne(String method) throws Exception {
    BACKEND.answer(seen -> Script.ok(seen.method()));
    HttpRequest request =
        HttpRequest.newBuilder(server.https().resolve("/bodiless-" + method))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("X-API-Key", Settings.KEY)
            .build();
    assertThat(http2().send(request, BodyHandlers.ofString()).body()).isEqualTo(method);
    Seen seen = BACKEND.request("/bodiless-" + method);
    assertThat(seen.header("Transfer-Encoding")).isEmpty();
    assertThat(seen.body().length()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "POST", "QUERY"})
  void anHttp2BodyWithoutALengthArrives(String method) throws Exception {
    BACKEND.answer(seen -> Script.ok(seen.body().text()));
    HttpRequest request =
        HttpRequest.newBuilder(server.https().resolve("/unannounced-" + method))
            .method(
                method,
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofString("unannounced")))
            .header("X-API-Key", Settings.KEY)
            .build();
    assertThat(http2().send(request, BodyHandlers.ofString()).body()).isEqualTo("unannounced");
  }

  private HttpClient http2() {
    return HttpClient.newBuilder()
        .sslContext(server.trust())
        .version(HttpClient.Version.HTTP_2)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  @Test
  void bothProtocolsAreSpokenInClearAndEncrypted() throws Exception {
    for (URI root : new URI[] {server.http(), server.https()}) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpResponse<byte[]> answer =
            http2()
                .send(
                    HttpRequest.newBuilder(root.resolve("/versions"))
                        .version(version)
                        .header("X-API-Key", Settings.KEY)
                        .build(),
                    BodyHandlers.ofByteArray());
        assertThat(answer.version()).isEqualTo(version);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("GET");
      }
    }
  }
}
