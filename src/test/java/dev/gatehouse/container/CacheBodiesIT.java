package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Generated;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are told from others by their bodies, and those that must not be. */
@ArquillianTest
@RunAsClient
@DisplayName("Bodies and the cache")
@Timeout(120)
final class CacheBodiesIT {
  private static final Cached ORIGIN = new Cached();
  private static final AtomicInteger TARGETS = new AtomicInteger();
  private static final String FRESH = "Cache-Control: max-age=600";
  private static final int MOST = 65_536; // proxy.retry.bufferSize

  private final ServerUnderTest server = ServerUnderTest.current();
  private final String target = "/bodies/" + TARGETS.incrementAndGet();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(ORIGIN.backend()));
    settings.put("proxy.cache.methods", "GET,HEAD,QUERY,POST");
    settings.put("proxy.cache.lockTimeout", "3s");
    settings.put("proxy.retry.maxRetries", "0");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    ORIGIN.close();
  }

  @AfterEach
  void nothingIsLeftUnderWay() {
    Status.awaitNothingInFlight(server);
  }

  /** Which request for the target it was, and what came with it. */
  private Script echo(Seen seen) {
    String body = seen.body().length() + " " + seen.body().sha256();
    return Script.response(
        200,
        (ORIGIN.asked(seen.target()) + " " + body).getBytes(UTF_8),
        FRESH,
        "ETag: \"" + seen.body().sha256() + "\"");
  }

  private void echoes() {
    ORIGIN.backend().answer(this::echo);
  }

  private static String echoed(int number, String sha256, long length) {
    return number + " " + length + " " + sha256;
  }

  private static String head(String method, String target, String... lines) {
    StringBuilder head = new StringBuilder(method).append(' ').append(target);
    head.append(" HTTP/1.1\r\nHost: localhost\r\n").append(Settings.KEY_LINE).append("\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** With a length; answered, and kept if it is. */
  private Reply ask(String method, String body, String... lines) throws Exception {
    String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = "Content-Length: " + body.length();
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.exchange(head(method, target, all) + body);
      Status.awaitNothingInFlight(server);
      return reply;
    }
  }

  private static int number(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    return Integer.parseInt(reply.text().split(" ", 2)[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUERY", "POST"})
  @DisplayName("E01: body, type and coding tell requests apart")
  void theBodyIsPartOfTheKey(String method) throws Exception {
    echoes();
    String type = "Content-Type: text/plain";
    assertThat(number(ask(method, "abc", type))).isEqualTo(1);
    Reply hit = ask(method, "abc", type);
    assertThat(number(hit)).isEqualTo(1);
    assertThat(Cached.word(hit)).isEqualTo("HIT");
    assertThat(hit.header("Age")).isPresent();
    assertThat(number(ask(method, "abd", type))).isEqualTo(2);
    assertThat(number(ask(method, "abc", "Content-Type: text/html"))).isEqualTo(3);
    assertThat(number(ask(method, "abc"))).isEqualTo(4);
    assertThat(number(ask(method, "abc", type, "Content-Encoding: x"))).isEqualTo(5);
    assertThat(number(ask(method, "", type))).isEqualTo(6);
    assertThat(number(ask("GET", ""))).isEqualTo(7);
    assertThat(number(ask(method, "abc", type))).isEqualTo(1);
    assertThat(number(ask(method, "abd", type))).isEqualTo(2);
    Seen first = ORIGIN.backend().request(target);
    assertThat(first.method()).isEqualTo(method);
    assertThat(first.headers("Content-Length")).containsExactly("3");
    assertThat(first.body().text()).isEqualTo("abc");
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 1, 20_000, MOST})
  @DisplayName("E01: a body in chunks has the same key as one with a length, and stays in chunks")
  void aBodyInChunksIsTheSame(int size) throws Exception {
    echoes();
    try (RawClient client = RawClient.to(server.http())) {
      client.send(head("QUERY", target, "Transfer-Encoding: chunked"));
      Generated.writeChunked(client.out(), size);
      Reply reply = client.readFinal(false);
      assertThat(reply.text()).isEqualTo(echoed(1, Generated.sha256(size), size));
      assertThat(Cached.word(reply)).isEqualTo("MISS");
      Status.awaitNothingInFlight(server);
      client.send(head("QUERY", target, "Transfer-Encoding: chunked")); // the connection is clean
      Generated.writeChunked(client.out(), size);
      assertThat(Cached.word(client.readFinal(false))).isEqualTo("HIT");
      if (size > 0) {
        client.send(head("QUERY", target, "Content-Length: " + size));
        Generated.write(client.out(), size);
        assertThat(Cached.word(client.readFinal(false))).isEqualTo("HIT");
      }
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
    Seen seen = ORIGIN.backend().request(target);
    assertThat(seen.headers("Transfer-Encoding")).containsExactly("chunked");
    assertThat(seen.headers("Content-Length")).isEmpty();
  }

  @Test
  @DisplayName("RFC 9112 §6.3: a type alone announces no body, and what is asked so is kept")
  void aTypeAloneIsNoBody() throws Exception {
    echoes();
    try (RawClient client = RawClient.to(server.http())) {
      for (String word : new String[] {"MISS", "HIT"}) {
        Reply reply = client.exchange(head("GET", target, "Content-Type: text/plain"));
        assertThat(reply.text()).startsWith("1 0 ");
        assertThat(Cached.word(reply)).isEqualTo(word);
        Status.awaitNothingInFlight(server);
      }
    }
    assertThat(ORIGIN.backend().request(target).headers("Transfer-Encoding")).isEmpty();
  }

  @ParameterizedTest(name = "{0} of {1} bytes by {2}")
  @CsvSource({
    "QUERY, 65537, chunks",
    "QUERY, 70000, chunks",
    "QUERY, 3000000, chunks",
    "POST, 3000000, chunks",
    "QUERY, 3000000, length",
    "GET, 5, chunks",
    "GET, 3000000, length",
    "HEAD, 5, length",
  })
  @DisplayName("what is too long, or has no meaning, passes whole and is not kept")
  void whatIsNoKeyPassesWhole(String method, int size, String framing) throws Exception {
    echoes();
    String reason = size > MOST && !method.equals("GET") ? "request-body-size" : "request-content";
    for (int i = 1; i <= 2; i++) {
      try (RawClient client = RawClient.to(server.http())) {
        boolean chunks = framing.equals("chunks");
        client.send(
            head(
                method, target, chunks ? "Transfer-Encoding: chunked" : "Content-Length: " + size));
        if (chunks) {
          Generated.writeChunked(client.out(), size);
        } else {
          Generated.write(client.out(), size);
        }
        Reply reply = client.readFinal(method.equals("HEAD"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Cached.word(reply)).isEqualTo("BYPASS");
        assertThat(reply.header("Cache-Status").orElse("")).contains("fwd=bypass", reason);
        if (!method.equals("HEAD")) {
          assertThat(reply.text()).isEqualTo(echoed(i, Generated.sha256(size), size));
        }
      }
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(2);
    Status.awaitNothingInFlight(server);
    assertThat(Cached.word(ORIGIN.get(target))).isEqualTo("MISS");
  }

  @Test
  @DisplayName("GET with content is not answered by what one without has left")
  void aGetWithContentPasses() throws Exception {
    echoes();
    assertThat(number(ORIGIN.get(target))).isEqualTo(1);
    assertThat(number(ask("GET", "abc"))).isEqualTo(2);
    assertThat(number(ORIGIN.get(target))).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Trailer: X-Sum, request-trailers",
    "Expect: 100-continue, request-expect",
  })
  void whatElseHasToPassDoes(String line, String reason) throws Exception {
    echoes();
    try (RawClient client = RawClient.to(server.http())) {
      client.send(head("QUERY", target, "Transfer-Encoding: chunked", line));
      client.send("3\r\nabc\r\n0\r\nX-Sum: 6\r\n\r\n");
      Reply reply = client.readFinal(false);
      assertThat(reply.text()).startsWith("1 3 ");
      assertThat(reply.header("Cache-Status").orElse("")).contains("fwd=bypass", reason);
    }
  }

  @Test
  @DisplayName("E09: two at once with the same body are one")
  void twoAtOnceAreOne() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ORIGIN
        .backend()
        .answer(
            seen ->
                Script.raw("")
                    .pause(goOn)
                    .send("HTTP/1.1 200 OK\r\n" + FRESH + "\r\nContent-Length: 3\r\n\r\nabc"));
    try (RawClient one = RawClient.to(server.http());
        RawClient two = RawClient.to(server.http());
        RawClient other = RawClient.to(server.http())) {
      one.send(head("QUERY", target, "Content-Length: 4") + "same");
      assertThat(ORIGIN.backend().request(target).body().text()).isEqualTo("same");
      two.send(head("QUERY", target, "Content-Length: 4") + "same");
      other.send(head("QUERY", target, "Content-Length: 4") + "else");
      Await.until("the other one is there", () -> ORIGIN.asked(target) == 2);
      Await.until("all are there", () -> Status.get(server).inFlight() == 4);
      goOn.countDown();
      assertThat(one.readFinal(false).text()).isEqualTo("abc");
      Reply second = two.readFinal(false);
      assertThat(second.text()).isEqualTo("abc");
      assertThat(second.header("Cache-Status").orElse("")).contains("collapsed");
      assertThat(other.readFinal(false).text()).isEqualTo("abc");
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(2);
  }

  @Test
  @DisplayName("E09: who has waited in vain goes with its own body")
  void whoHasWaitedGoesWithItsOwnBody() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ORIGIN
        .backend()
        .answer(
            seen ->
                ORIGIN.asked(seen.target()) == 1
                    ? Script.raw("")
                        .pause(goOn)
                        .send("HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n")
                        .send("Content-Length: 1\r\n\r\n1")
                    : Script.ok(seen.body().text()));
    try (RawClient one = RawClient.to(server.http());
        RawClient two = RawClient.to(server.http())) {
      one.send(head("QUERY", target, "Content-Length: 4") + "same");
      assertThat(ORIGIN.backend().request(target).isWhole()).isTrue();
      two.send(head("QUERY", target, "Transfer-Encoding: chunked") + "4\r\nsame\r\n0\r\n\r\n");
      Await.until("both are there", () -> Status.get(server).inFlight() == 3);
      goOn.countDown();
      assertThat(one.readFinal(false).text()).isEqualTo("1");
      assertThat(two.readFinal(false).text()).isEqualTo("same");
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}, reset: {1}")
  @CsvSource({
    "Content-Length: 10, true",
    "Content-Length: 10, false",
    "Transfer-Encoding: chunked, true",
    "Transfer-Encoding: chunked, false",
  })
  @DisplayName("of a client that breaks off in its body the backend hears nothing")
  void whoBreaksOffIsNotForwarded(String framing, boolean reset) throws Exception {
    echoes();
    try (RawClient client = RawClient.to(server.http())) {
      client.send(head("QUERY", target, framing) + "3\r\nabc\r\n");
      Await.until("it is there", () -> Status.get(server).inFlight() == 2);
      if (reset) {
        client.rst();
      } else {
        client.fin();
        Reply reply = client.readFinal(false);
        assertThat(reply.status()).isIn(0, 400);
        assertThat(client.isAtEnd()).isTrue();
      }
    }
    Status.awaitNothingInFlight(server);
    assertThat(ORIGIN.asked(target)).isZero();
    assertThat(number(ask("QUERY", "abc"))).isEqualTo(1);
  }

  @Test
  @DisplayName("a body that does not come in time goes on as it comes")
  void aSlowBodyPassesAsItComes() throws Exception {
    echoes();
    try (RawClient client = RawClient.to(server.http())) {
      client.send(head("QUERY", target, "Content-Length: 6") + "abc");
      Seen seen = ORIGIN.backend().request(target); // after proxy.cache.lockTimeout
      Await.until("the first half", () -> seen.bodySoFar().length() == 3);
      client.send("def");
      Reply reply = client.readFinal(false);
      assertThat(reply.text()).startsWith("1 6 ");
      assertThat(seen.body().text()).isEqualTo("abcdef");
      assertThat(reply.header("Cache-Status").orElse("")).contains("request-body-late");
    }
  }

  @Test
  @DisplayName("RFC 9111 §4.4: what changes a target changes what was asked of it")
  void whatIsChangedIsForgotten() throws Exception {
    echoes();
    assertThat(number(ask("QUERY", "abc"))).isEqualTo(1);
    assertThat(number(ask("POST", "abc"))).isEqualTo(2);
    assertThat(number(ask("QUERY", "abc"))).as("POST may change it").isEqualTo(3);
    assertThat(number(ask("POST", "abd"))).isEqualTo(4);
    assertThat(number(ask("POST", "abc"))).as("one that is kept was a question").isEqualTo(2);
    ORIGIN.backend().answer(seen -> Script.ofStatus(204));
    assertThat(ask("PUT", "new").status()).isEqualTo(204);
    echoes();
    assertThat(number(ask("POST", "abc"))).isEqualTo(6);
    assertThat(number(ask("QUERY", "abc"))).isEqualTo(7);
  }

  @Test
  @DisplayName("RFC 10008 §2.6: a condition of QUERY is answered from store")
  void aConditionIsAnsweredFromStore() throws Exception {
    echoes();
    Reply first = ask("QUERY", "abc");
    String tag = first.header("ETag").orElseThrow();
    assertThat(ask("QUERY", "abc", "If-None-Match: " + tag).status()).isEqualTo(304);
    assertThat(number(ask("QUERY", "abc", "If-None-Match: \"other\""))).isEqualTo(1);
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}, {1} bytes, announced: {2}")
  @CsvSource({
    "QUERY, 3, true",
    "QUERY, 2000, false", // Tomcat bears no smaller frames
    "QUERY, 60000, false",
    "QUERY, 300000, true",
    "QUERY, 300000, false",
    "GET, 2000, false",
    "GET, 0, true",
  })
  void overHttp2AsWell(String method, int size, boolean announced) throws Exception {
    echoes();
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(server.trust())
            .version(HttpClient.Version.HTTP_2)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    boolean kept = method.equals("QUERY") ? size <= MOST : size == 0;
    for (int i = 1; i <= 2; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(server.https().resolve(target))
              .method(method, publisher(size, announced))
              .header("X-API-Key", Settings.KEY)
              .build();
      HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
      assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(reply.body()).isEqualTo(echoed(kept ? 1 : i, Generated.sha256(size), size));
      Status.awaitNothingInFlight(server);
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(kept ? 1 : 2);
  }

  private static BodyPublisher publisher(int size, boolean announced) throws Exception {
    if (size == 0) {
      return BodyPublishers.noBody();
    }
    byte[] bytes = Generated.stream(size).readNBytes(size);
    return announced
        ? BodyPublishers.ofByteArray(bytes)
        : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
  }
}
