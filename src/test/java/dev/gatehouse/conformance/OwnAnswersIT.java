package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Area D: each error of our own has the same form, and says nothing of what is inside. */
@ArquillianTest
@RunAsClient
@DisplayName("Own answers")
@Timeout(60)
final class OwnAnswersIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));
  private static final String GARBAGE = "garbage\r\n\r\n";

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = Settings.of(BACKEND);
    settings = Settings.with(settings, "proxy.upstream.responseTimeout", "500ms");
    settings = Settings.with(settings, "proxy.limit.maxBodySize", "1k");
    settings = Settings.with(settings, "proxy.guard.maxUriLength", "1k");
    settings = Settings.with(settings, "proxy.guard.maxHeaders", "30");
    settings = Settings.with(settings, "proxy.guard.methods", "GET,HEAD,POST,OPTIONS");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  /**
   * A request that we answer with an error; the client's Accept goes where {@code {accept}} stands.
   */
  private record Refusal(
      int status, String what, String request, Script answer, Set<String> beforeUs) {
    Refusal(int status, String what, String request) {
      this(status, what, request, Script.raw(GARBAGE).fin(), Set.of());
    }

    Refusal answered(Script other) {
      return new Refusal(status, what, request, other, beforeUs);
    }

    /** The same where these servers, as is their nature, answer before any filter of ours. */
    Refusal notOursOn(String... servers) {
      return new Refusal(status, what, request, answer, Set.of(servers));
    }

    boolean isOurs() {
      return !beforeUs.contains(ServerUnderTest.current().name());
    }

    @Override
    public String toString() {
      return status + " " + what;
    }
  }

  static Stream<Refusal> refusals() {
    String key = Settings.KEY_LINE;
    return Stream.of(
        new Refusal(400, "no number", head("OPTIONS /o", key, "Max-Forwards: x")),
        new Refusal(401, "no key", head("GET /none")),
        new Refusal(401, "a wrong key", head("GET /wrong", "X-API-Key: wrong-key-wrong-key")),
        new Refusal(401, "no admin's key", head("GET /_proxy/status.json", key)),
        new Refusal(404, "no such page", head("GET /_proxy/nothing", Settings.ADMIN_LINE)),
        new Refusal(405, "a method that is not forwarded", head("DELETE /m", key)),
        new Refusal(501, "an unknown method", head("FOO /m", key)),
        new Refusal(413, "a body too large", head("POST /b", key, "Content-Length: 2000")),
        new Refusal(414, "a target too long", head("GET /" + "x".repeat(2_000), key)),
        new Refusal(417, "an expectation", head("POST /e", key, "Expect: 200-ok"))
            .notOursOn("jetty", "tomcat10", "tomcat11"),
        new Refusal(431, "too many fields", head("GET /f", key, "X-A: 1\r\n".repeat(39) + "X: 1")),
        new Refusal(508, "a loop", head("GET /l", key, "Via: 1.1 gatehouse")),
        new Refusal(502, "a backend that answers garbage", head("GET /g", key)),
        new Refusal(504, "a silent backend", head("GET /s", key)).answered(Script.silence()));
  }

  @ParameterizedTest(name = "D16 {0}: JSON for those who ask for it")
  @MethodSource("refusals")
  void jsonForThoseWhoAskForIt(Refusal refusal) throws Exception {
    Reply reply = ask(refusal, "application/json");
    assertThat(reply.status()).as("status of %s", refusal).isEqualTo(refusal.status());
    if (!refusal.isOurs()) {
      return;
    }
    assertThat(reply.header("Content-Type").orElse("none"))
        .as("type of %s", refusal)
        .matches("application/(\\S+\\+)?json.*");
    assertThat(reply.text()).startsWith("{").contains(Integer.toString(refusal.status()));
    hasTheForm(reply);
  }

  @ParameterizedTest(name = "D16 {0}: text for all others")
  @MethodSource("refusals")
  void textForAllOthers(Refusal refusal) throws Exception {
    for (String accept : List.of("text/html,*/*;q=0.8", "text/plain", "image/png")) {
      Reply reply = ask(refusal, accept);
      assertThat(reply.status()).as("status of %s", refusal).isEqualTo(refusal.status());
      if (!refusal.isOurs()) {
        continue;
      }
      assertThat(reply.header("Content-Type").orElse("none"))
          .as("type of %s", refusal)
          .startsWith("text/plain");
      hasTheForm(reply);
    }
  }

  @Test
  @DisplayName("D16 503 no backend: the same form, and when to come again")
  void withoutABackend() throws Exception {
    Refusal refusal = new Refusal(503, "no backend", head("GET /d", Settings.KEY_LINE));
    BACKEND.stop();
    try {
      Await.until("no backend", () -> ask(refusal, "text/plain").status() == 503);
      for (String accept : List.of("application/json", "text/plain")) {
        Reply reply = ask(refusal, accept);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After").orElseThrow()).matches("\\d+");
        hasTheForm(reply);
      }
    } finally {
      BACKEND.restart();
      Await.until("a backend", () -> ask(refusal, "text/plain").status() == 502);
    }
  }

  @Test
  @DisplayName("D16 HEAD: the form without a body")
  void toHead() throws Exception {
    try (RawClient client = RawClient.to(ServerUnderTest.current().http())) {
      Reply reply = client.exchange("HEAD /h HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(reply.status()).isEqualTo(401);
      hasFields(reply);
    }
  }

  private static Reply ask(Refusal refusal, String accept) throws IOException {
    BACKEND.answer(seen -> refusal.answer());
    try (RawClient client = RawClient.to(ServerUnderTest.current().http())) {
      return client.exchange(refusal.request().replace("{accept}", accept));
    }
  }

  private static void hasTheForm(Reply reply) {
    assertThat(reply.isWhole()).as("whole").isTrue();
    hasFields(reply);
    assertThat(reply.text()).isNotEmpty().contains(reply.header("X-Request-Id").orElse("an id"));
    saysNothingOfWhatIsInside(reply.text());
  }

  private static void hasFields(Reply reply) {
    assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
    assertThat(reply.headers("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(reply.headers("X-Request-Id")).as("ids in %s", reply).hasSize(1);
    assertThat(reply.header("X-Backend-Server")).isEmpty();
    reply.headerLines().forEach(OwnAnswersIT::saysNothingOfWhatIsInside);
  }

  private static void saysNothingOfWhatIsInside(String text) {
    assertThat(text)
        .doesNotContain("127.0.0.1", Integer.toString(BACKEND.url().getPort()))
        .doesNotContainIgnoringCase("dev.gatehouse")
        .doesNotContainIgnoringCase("exception")
        .doesNotContainIgnoringCase("jetty")
        .doesNotContainIgnoringCase("tomcat")
        .doesNotContainIgnoringCase("undertow")
        .doesNotContainIgnoringCase("wildfly")
        .doesNotContainIgnoringCase("<html");
  }

  private static String head(String start, String... lines) {
    StringBuilder head =
        new StringBuilder(start + " HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return head.append("\r\n").toString();
  }
}
