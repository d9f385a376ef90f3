package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
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

/** What is sent again, where to, and what is not: nothing is carried out twice. */
@ArquillianTest
@RunAsClient
@DisplayName("Retries")
final class RetryIT {
  /** Serves until a test says otherwise; the second one stands in. */
  private static final Backend FIRST = new Backend(seen -> Script.ok("first"));

  private static final Backend SECOND = new Backend(RetryIT::second);
  private static final Backend ALONE = new Backend(seen -> Script.ok("alone"));
  private static final Backend[] BROKEN = {
    new Backend(seen -> Script.raw("").fin()), new Backend(seen -> Script.raw("").fin())
  };
  private static final String LARGE = "x".repeat(100_000);

  private final ServerUnderTest server = ServerUnderTest.current();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(FIRST));
    settings.put("proxy.backends", FIRST.url() + ", " + SECOND.url() + " backup");
    settings.put("proxy.retry.on", "connect,reset,timeout,503");
    settings.put("proxy.retry.tryTimeout", "500ms");
    settings.put("proxy.health.passive.maxFails", "0");
    settings.put("proxy.route.alone.path", "/alone/*");
    settings.put("proxy.pool.alone.backends", ALONE.url().toString());
    settings.put("proxy.pool.alone.retry.maxRetries", "0");
    settings.put("proxy.route.broken.path", "/broken/*");
    settings.put("proxy.pool.broken.backends", BROKEN[0].url() + "," + BROKEN[1].url());
    settings.put("proxy.retry.budget", "100%");
    settings.put("proxy.pool.broken.retry.budget", "20%");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    FIRST.close();
    SECOND.close();
    ALONE.close();
    Stream.of(BROKEN).forEach(Backend::close);
  }

  private static Script second(Seen seen) {
    return Script.ok("second " + seen.method() + " " + seen.body().text().length());
  }

  @ParameterizedTest(name = "{0} is sent again when the connection {1}")
  @CsvSource({"GET, closes", "GET, breaks", "PUT, closes", "PUT, breaks", "DELETE, closes"})
  void whatIsIdempotentIsSentAgain(String method, String how) throws Exception {
    fails(seen -> how.equals("closes") ? Script.raw("").fin() : Script.raw("").rst());
    Reply reply = ask(method, "hello world");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("second " + method + " 11");
    assertThat(tries()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0} is not sent again")
  @ValueSource(strings = {"POST", "PATCH"})
  void whatIsNotIdempotentIsNot(String method) throws Exception {
    fails(seen -> Script.raw("").fin());
    assertThat(ask(method, "hello world").status()).isEqualTo(502);
    assertThat(tries()).isEqualTo(1);
  }

  @Test
  void aChunkedBodyIsSentAgainWhole() throws Exception {
    fails(seen -> Script.raw("").fin());
    Reply reply =
        send(
            "PUT "
                + target()
                + " HTTP/1.1\r\nHost: h\r\n"
                + Settings.KEY_LINE
                + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
    assertThat(reply.text()).isEqualTo("second PUT 11");
  }

  @Test
  void aBodyThatIsTooLongToBeKeptIsSentOnce() throws Exception {
    fails(seen -> Script.raw("").fin());
    assertThat(ask("PUT", LARGE).status()).isEqualTo(502);
    assertThat(tries()).isEqualTo(1);
  }

  @Test
  void aBackendThatIsSilentIsGivenUp() throws Exception {
    fails(seen -> Script.silence());
    assertThat(ask("GET", "").text()).isEqualTo("second GET 0");
    assertThat(ask("POST", "a").status()).isEqualTo(504);
  }

  @Test
  void aBackendWhoseHeadComesInDropsIsGivenUpAsSoon() throws Exception {
    fails(seen -> Script.raw("HTTP/1.1 200 OK\r\n").drip("X-A: b\r\n"));
    assertThat(ask("GET", "").text()).isEqualTo("second GET 0");
    fails(seen -> Script.raw("").drip("HTTP/1.1 100 Continue\r\n\r\n"));
    assertThat(ask("GET", "").text()).isEqualTo("second GET 0");
    assertThat(ask("POST", "a").status()).isEqualTo(504);
  }

  @Test
  void anUnavailableBackendIsPassedOver() throws Exception {
    fails(seen -> Script.ofStatus(503, "X-From: first"));
    assertThat(ask("GET", "").text()).isEqualTo("second GET 0");
    assertThat(ask("POST", "a").status()).isEqualTo(503);
    fails(seen -> Script.ofStatus(502, "X-From: first")); // which is not listed
    assertThat(ask("GET", "").status()).isEqualTo(502);
  }

  @Test
  void withNoOtherBackendTheAnswerIsPassedOn() throws Exception {
    FIRST.answer(seen -> Script.ofStatus(503, "X-From: first"));
    SECOND.answer(seen -> Script.ofStatus(503, "X-From: second"));
    try {
      Reply reply = ask("GET", "");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("X-From")).contains("second");
      assertThat(tries()).isEqualTo(2);
    } finally {
      SECOND.answer(RetryIT::second);
    }
  }

  @Test
  void aPooledConnectionThatIsDeadCostsNothing() throws Exception {
    // answers one request on each connection, and closes it when the next one comes
    ALONE.answer(
        seen -> isFirst(seen) ? Script.ok("alone " + seen.method()) : Script.raw("").fin());
    for (int i = 0; i < 6; i++) {
      assertThat(askAt("/alone/" + i, "GET", "").text()).isEqualTo("alone GET");
      Status.awaitNothingInFlight(server); // then the connection is in its pool
    }
    Seen fresh =
        ALONE.requests().stream()
            .filter(seen -> seen.headers("Connection").contains("close"))
            .findFirst()
            .orElseThrow();
    assertThat(isFirst(fresh)).isTrue();
    int before = ALONE.requests().size();
    Reply one = askAt("/alone/a", "POST", "x");
    Status.awaitNothingInFlight(server);
    List<Reply> replies = List.of(one, askAt("/alone/b", "POST", "x"));
    assertThat(replies).anyMatch(reply -> reply.status() == 502);
    assertThat(ALONE.requests()).hasSize(before + 2);
  }

  @Test
  void retriesAreBoundedByTheBudget() throws Exception {
    for (int i = 0; i < 200; i++) {
      assertThat(askAt("/broken/" + i, "GET", "").status()).isEqualTo(502);
    }
    int all = Stream.of(BROKEN).mapToInt(backend -> backend.requests().size()).sum();
    assertThat(all).isBetween(230, 240); // a fifth more
  }

  /** Whether there was no other on its connection, but a check. */
  private static boolean isFirst(Seen seen) {
    return ALONE.requests().stream()
        .noneMatch(
            other ->
                other.connection() == seen.connection() && !other.target().equals(seen.target()));
  }

  private static void fails(Function<Seen, Script> how) {
    FIRST.answer(how);
  }

  private String target() {
    return "/retry/" + NUMBER.get();
  }

  private Reply ask(String method, String body) throws IOException {
    NUMBER.incrementAndGet();
    return askAt(target(), method, body);
  }

  private Reply askAt(String target, String method, String body) throws IOException {
    return send(
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: h\r\n"
            + Settings.KEY_LINE
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private Reply send(String request) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.exchange(request);
    }
  }

  /** How often the last request came to a backend. */
  private long tries() {
    return Stream.of(FIRST, SECOND)
        .flatMap(backend -> backend.requests().stream())
        .filter(seen -> seen.target().equals(target()))
        .count();
  }
}
