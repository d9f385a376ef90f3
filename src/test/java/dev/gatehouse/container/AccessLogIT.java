package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

/** One line for each request, with what happened and without what is secret. */
@ArquillianTest
@RunAsClient
@DisplayName("Access log")
final class AccessLogIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));
  private static final Path FILE = ServerUnderTest.current().base().resolve("gatehouse-access.log");

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() throws IOException {
    Files.deleteIfExists(FILE);
    Gatehouse.deploy(settings(FILE.toString()));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  private static Map<String, String> settings(String log) {
    return Settings.with(
        Settings.with(Settings.of(BACKEND), "proxy.accessLog", log),
        "proxy.upstream.responseTimeout",
        "500ms");
  }

  @Test
  void aForwardedRequestIsToldWithAllItsFacts() throws Exception {
    BACKEND.answer(seen -> Script.ok("twelve bytes"));
    Instant before = Instant.now().minusMillis(1);
    Reply reply =
        exchange(
            "POST /facts?query=secret-1 HTTP/1.1\r\nHost: Shop.Test\r\n"
                + Settings.KEY_LINE
                + "\r\nUser-Agent: curl/8\r\nContent-Length: 5\r\n\r\nhello");
    JsonObject line = line("/facts");
    assertThat(line.keySet())
        .containsExactly(
            "time",
            "id",
            "client",
            "peer",
            "consumer",
            "method",
            "host",
            "path",
            "protocol",
            "status",
            "outcome",
            "backend",
            "attempts",
            "ms",
            "backendMs",
            "bytesIn",
            "bytesOut",
            "agent");
    assertThat(line.getString("time"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(Instant.parse(line.getString("time"))).isBetween(before, Instant.now());
    assertThat(reply.header("X-Request-Id")).contains(line.getString("id"));
    assertThat(line.getString("client")).isEqualTo("127.0.0.1");
    assertThat(line.getString("peer")).isEqualTo("127.0.0.1");
    assertThat(line.getString("consumer")).isEqualTo("test");
    assertThat(line.getString("method")).isEqualTo("POST");
    assertThat(line.getString("host")).isEqualTo("Shop.Test");
    assertThat(line.getString("protocol")).isEqualTo("HTTP/1.1");
    assertThat(line.getInt("status")).isEqualTo(200);
    assertThat(line.getString("outcome")).isEqualTo("answered");
    assertThat(line.getInt("attempts")).isEqualTo(1);
    assertThat(line.getInt("bytesIn")).isEqualTo(5);
    assertThat(line.getInt("bytesOut")).isEqualTo("twelve bytes".length());
    assertThat(line.getString("agent")).isEqualTo("curl/8");
    assertThat(line.getJsonNumber("ms").doubleValue())
        .isGreaterThanOrEqualTo(line.getJsonNumber("backendMs").doubleValue())
        .isPositive();
    JsonObject backend = Status.get(server).backend(line.getString("backend"));
    assertThat(backend.getString("url")).contains(BACKEND.authority());
  }

  @Test
  void aBackendsErrorIsAnAnswer() throws Exception {
    BACKEND.answer(seen -> Script.ofStatus(500));
    get("/five", Settings.KEY_LINE);
    assertThat(outcome("/five")).isEqualTo("500 answered");
  }

  @Test
  void whatWeRefuseIsTold() throws Exception {
    Reply reply = get("/keyless");
    assertThat(outcome("/keyless")).isEqualTo("401 refused");
    JsonObject line = line("/keyless");
    assertThat(line.keySet()).doesNotContain("consumer", "backend", "attempts", "backendMs");
    assertThat(line.getInt("bytesOut")).isEqualTo(reply.text().length());
    assertThat(reply.text()).contains(line.getString("id"));
  }

  @Test
  void whatFailedIsTold() throws Exception {
    BACKEND.answer(seen -> Script.silence());
    get("/silent", Settings.KEY_LINE);
    assertThat(outcome("/silent")).isEqualTo("504 failed");
    assertThat(line("/silent").getInt("attempts")).isEqualTo(1);
  }

  @Test
  void whatBrokeInTheMiddleIsTold() throws Exception {
    BACKEND.answer(
        seen ->
            Script.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(50_000))
                .fin());
    Reply reply = get("/broken", Settings.KEY_LINE);
    if (reply.status() == 200) { // else nothing had gone out yet
      assertThat(outcome("/broken")).isEqualTo("200 broken");
      assertThat(line("/broken").getInt("bytesOut")).isBetween(0, 50_000);
    }
  }

  @Test
  void aClientThatLeftIsTold() throws Exception {
    BACKEND.answer(seen -> Script.generated(2_000_000_000L));
    try (RawClient client = RawClient.to(server.http())) {
      client.send("GET /left HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).contains("200");
      client.rst();
    }
    assertThat(outcome("/left")).isEqualTo("200 clientGone");
  }

  @Test
  void aClientThatLeftInItsUploadIsTold() throws Exception {
    BACKEND.answer(seen -> Script.ok("never"));
    try (RawClient client = RawClient.to(server.http())) {
      client.send(
          "POST /left-upload HTTP/1.1\r\nHost: h\r\n"
              + Settings.KEY_LINE
              + "\r\nContent-Length: 1000\r\n\r\n0123456789");
      var seen = BACKEND.request("/left-upload");
      Await.until("the ten bytes", () -> seen.bodySoFar().length() == 10);
      client.rst();
    }
    assertThat(line("/left-upload").getString("outcome")).isEqualTo("clientGone");
    assertThat(line("/left-upload").getInt("bytesIn")).isEqualTo(10);
  }

  @Test
  void secretsAreInNoLine() throws Exception {
    BACKEND.answer(seen -> Script.response(200, new byte[0], "Set-Cookie: s=secret-2"));
    get(
        "/secrets?key=secret-3&" + Settings.KEY,
        Settings.KEY_LINE,
        "Cookie: session=secret-4",
        "Authorization: Bearer secret-5",
        "Referer: http://h/?secret-6");
    get("/secrets;jsessionid=secret-7?secret-8", Settings.KEY_LINE);
    get("/secrets-wrong", "X-API-Key: secret-9-secret-9");
    get("/_proxy/status.json?secret-10", Settings.ADMIN_LINE);
    JsonObject wrong = line("/secrets-wrong");
    assertThat(wrong.getInt("status")).isEqualTo(401);
    Await.until("the page", () -> text().contains("\"path\":\"/_proxy/status.json\""));
    assertThat(text()).doesNotContain("secret-", Settings.KEY, Settings.ADMIN_KEY, "?");
  }

  @Test
  void theServersLogHasNoneEitherWhenABackendFails() throws Exception {
    BACKEND.answer(seen -> Script.silence());
    get("/silent;jsessionid=secret-11?secret-12", Settings.KEY_LINE);
    ServerUnderTest server = ServerUnderTest.current();
    Await.until("said", () -> server.log().contains("GET /silent;jsessionid=* not answered by"));
    assertThat(server.log()).doesNotContain("secret-11", "secret-12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/g09-crlf%0d%0a{\"time\":1}",
        "/g09-esc%1b[31m",
        "/g09-u2028%e2%80%a8",
        "/g09-q%22,%22x",
      })
  void g09WhateverStrangersWriteOneRequestIsOneLine(String path) throws Exception {
    BACKEND.answer(seen -> Script.ok("x"));
    String agent = "agent\u001b[31m\u00e2\u0080\u00a8\u0085\"\\ " + path;
    try (RawClient client = RawClient.to(server.http())) {
      Reply raw = client.get(path, Settings.KEY_LINE, "User-Agent: " + agent);
      assertThat(raw.status()).isIn(200, 400); // a container may refuse such a path or field
    }
    get("/g09-after" + path.length(), Settings.KEY_LINE);
    assertThat(line("/g09-after" + path.length()).getInt("status")).isEqualTo(200);
    assertThat(text()).matches("[ -~\\n]*"); // ASCII, and no control but the line ends
    assertThat(text().lines()).allSatisfy(line -> assertThat(line).startsWith("{\"time\":\"20"));
  }

  @Test
  void aLogThatWasMovedAwayIsMadeAnew() throws Exception {
    BACKEND.answer(seen -> Script.ok("x"));
    get("/before-move", Settings.KEY_LINE);
    assertThat(outcome("/before-move")).isEqualTo("200 answered");
    Path moved = FILE.resolveSibling("gatehouse-access.log.1");
    Files.move(FILE, moved);
    Await.until(
        "the new file",
        () -> {
          get("/after-move", Settings.KEY_LINE);
          return Files.exists(FILE);
        });
    assertThat(Files.readString(moved)).contains("/before-move");
  }

  private static String outcome(String path) throws IOException {
    JsonObject line = line(path);
    return line.getInt("status") + " " + line.getString("outcome");
  }

  /** The one line for this path; waits for it. */
  private static JsonObject line(String path) throws IOException {
    String sought = "\"path\":\"" + path + "\"";
    Await.until("a line for " + path, () -> text().contains(sought));
    List<String> found = text().lines().filter(line -> line.contains(sought)).toList();
    assertThat(found).hasSize(1);
    try (JsonReader reader = JsonProvider.provider().createReader(new StringReader(found.get(0)))) {
      return reader.readObject();
    }
  }

  private static String text() throws IOException {
    return Files.exists(FILE) ? Files.readString(FILE, StandardCharsets.ISO_8859_1) : "";
  }

  private Reply get(String target, String... lines) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.get(target, lines);
    }
  }

  private Reply exchange(String request) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.exchange(request);
    }
  }
}
