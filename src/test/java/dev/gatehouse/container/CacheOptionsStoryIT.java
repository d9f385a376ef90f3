package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator may change about the cache. */
@ArquillianTest
@RunAsClient
@DisplayName("The cache's options")
final class CacheOptionsStoryIT {
  private static final String LONG = "Cache-Control: max-age=600";

  private final Cached origin = new Cached();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  private Gatehouse with(String... more) {
    Map<String, String> settings = new HashMap<>(Settings.of(origin.backend()));
    for (String each : more) {
      int equals = each.indexOf('=');
      settings.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return Gatehouse.deploy(settings);
  }

  /** The word for the second of two equal requests. */
  private String second(String target, String... lines) throws Exception {
    assertThat(origin.get(target, lines).status()).isEqualTo(200);
    return Cached.word(origin.get(target, lines));
  }

  @Test
  @DisplayName("E13: clients' own directives count where they may")
  void clientsMayAskPastTheCache() throws Exception {
    try (Gatehouse gatehouse = with("proxy.cache.requestDirectives=true")) {
      assertThat(gatehouse.http()).isNotNull();
      origin.answer(200, LONG + "~Age: 60");
      Reply none = origin.get("/none", "Cache-Control: only-if-cached");
      assertThat(none.status()).isEqualTo(504);
      assertThat(origin.asked("/none")).isZero();
      assertThat(second("/a")).isEqualTo("HIT");
      assertThat(origin.get("/a", "Cache-Control: only-if-cached").text()).isEqualTo("1");
      assertThat(origin.get("/a", "Cache-Control: max-age=30").text()).isEqualTo("2");
      assertThat(origin.get("/a", "Cache-Control: no-cache").text()).isEqualTo("3");
      assertThat(origin.get("/a", "Pragma: no-cache").text()).isEqualTo("4");
      assertThat(origin.get("/a", "Cache-Control: min-fresh=590").text()).isEqualTo("5");
      assertThat(origin.get("/a", "Cache-Control: no-store").text()).isEqualTo("6");
      assertThat(origin.get("/a").text()).as("the last but one was kept").isEqualTo("5");
    }
  }

  @Test
  @DisplayName("RFC 9110 §9.3.3: an answer to POST that is one to GET serves GET")
  void anAnswerToPostMayServeGet() throws Exception {
    try (Gatehouse gatehouse = with("proxy.cache.postContentLocation=true")) {
      assertThat(gatehouse.http()).isNotNull();
      posted("/same", 200, LONG + "~Content-Location: /same", true);
      posted("/expires", 200, "Expires: Thu, 01 Jan 2037 00:00:00 GMT~Content-Location: ", true);
      posted("/other", 200, LONG + "~Content-Location: /another", false);
      posted("/none", 200, LONG, false);
      posted("/created", 201, LONG + "~Content-Location: /created", false);
      posted("/silent", 200, "ETag: \"a\"~Content-Location: /silent", false);
      posted("/private", 200, "Cache-Control: private~Content-Location: /private", false);
      posted("/cookie", 200, LONG + "~Set-Cookie: a=b~Content-Location: /cookie", false);
    }
  }

  private void posted(String target, int status, String lines, boolean serves) throws Exception {
    origin
        .backend()
        .answer(
            seen ->
                seen.method().equals("POST")
                    ? origin.numbered(seen, status, lines)
                    : Script.ok("asked for by GET"));
    assertThat(origin.get(target).text()).isEqualTo("asked for by GET");
    Reply reply = origin.ask("POST", target, "localhost", "Content-Length: 0");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).isEqualTo("2");
    Reply then = origin.get(target);
    assertThat(then.text()).as(target).isEqualTo(serves ? "2" : "asked for by GET");
    assertThat(Cached.word(then)).isEqualTo(serves ? "HIT" : "MISS");
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.cache.enabled=false | Cache-Control: max-age=600 | none",
        "proxy.cache.setCookie=never | Cache-Control: public, max-age=600~Set-Cookie: a=b | MISS",
        "proxy.cache.setCookie=rfc | Cache-Control: max-age=600~Set-Cookie: a=b | HIT",
        "proxy.cache.defaultTtl=300s | X-Nothing: said | HIT",
        "proxy.cache.defaultTtl=300s | Cache-Control: no-store | MISS",
        "proxy.cache.targetedHeader=off | CDN-Cache-Control: max-age=600 | MISS",
        "proxy.cache.methods=HEAD | Cache-Control: max-age=600 | BYPASS",
      })
  void aChoiceCounts(String setting, String lines, String word) throws Exception {
    try (Gatehouse gatehouse = with(setting)) {
      assertThat(gatehouse.http()).isNotNull();
      origin.answer(200, lines);
      assertThat(second("/choice")).isEqualTo(word);
    }
  }

  @Test
  @DisplayName("E02: where the origin is silent, its answer is for all with a key, but for cookies")
  void aDefaultLifetimeIsSupposedForWhoHasNoCookie() throws Exception {
    try (Gatehouse gatehouse = with("proxy.cache.defaultTtl=300s");
        RawClient admin = RawClient.to(gatehouse.http())) {
      origin.answer(200, "X-Nothing: said");
      assertThat(second("/cookie", "Cookie: session=1")).isEqualTo("MISS");
      assertThat(second("/key")).isEqualTo("HIT");
      assertThat(Cached.word(admin.get("/key", Settings.ADMIN_LINE))).isEqualTo("HIT");
    }
    try (Gatehouse gatehouse =
        with("proxy.cache.defaultTtl=300s", "proxy.cache.keyHeaders=Cookie")) {
      assertThat(gatehouse.http()).isNotNull();
      origin.answer(200, "X-Nothing: said");
      assertThat(second("/own", "Cookie: session=1")).isEqualTo("HIT");
      assertThat(Cached.word(origin.get("/own", "Cookie: session=2"))).isEqualTo("MISS");
    }
  }

  @Test
  @DisplayName("E02: with perKey each key has its own, and E06: key fields tell requests apart")
  void whatElseTellsRequestsApart() throws Exception {
    try (Gatehouse gatehouse = with("proxy.cache.perKey=true", "proxy.cache.keyHeaders=X-Tenant");
        RawClient admin = RawClient.to(gatehouse.http())) {
      origin.answer(200, LONG);
      assertThat(second("/own")).isEqualTo("HIT");
      assertThat(Cached.word(admin.get("/own", Settings.ADMIN_LINE))).isEqualTo("MISS");
      Status.awaitNothingInFlight(ServerUnderTest.current());
      assertThat(Cached.word(admin.get("/own", Settings.ADMIN_LINE))).isEqualTo("HIT");
      assertThat(second("/own", "X-Tenant: a")).isEqualTo("HIT");
      assertThat(origin.get("/own", "X-Tenant: a").text()).isEqualTo("3");
      assertThat(Cached.word(origin.get("/own", "X-Tenant: b"))).isEqualTo("MISS");
      assertThat(origin.get("/own").text()).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("E06: what a trusted proxy says tells requests apart, and who is behind it")
  void whatATrustedProxySaysTellsRequestsApart() throws Exception {
    try (Gatehouse gatehouse = with("proxy.forwarded.trustedProxies=127.0.0.0/8")) {
      assertThat(gatehouse.http()).isNotNull();
      origin.answer(200, LONG);
      assertThat(origin.get("/front", "X-Forwarded-Proto: https").text()).isEqualTo("1");
      assertThat(origin.get("/front", "X-Forwarded-Host: other.test").text()).isEqualTo("2");
      assertThat(origin.get("/front").text()).isEqualTo("3");
      assertThat(origin.get("/front", "X-Forwarded-Proto: https").text()).isEqualTo("1");
      assertThat(origin.get("/front", "X-Forwarded-Host: other.test").text()).isEqualTo("2");
      assertThat(origin.get("/front", "X-Forwarded-For: 192.0.2.1").text()).isEqualTo("3");
      origin.answer(200, LONG + "~Vary: X-Forwarded-For");
      assertThat(origin.get("/who", "X-Forwarded-For: 192.0.2.1").text()).isEqualTo("1");
      assertThat(origin.get("/who", "X-Forwarded-For: 192.0.2.2").text()).isEqualTo("2");
      assertThat(origin.get("/who", "X-Forwarded-For: 192.0.2.1").text()).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("E07: what is purged or changed is so whatever a trusted proxy says of its target")
  void whatATrustedProxySaysSparesNothing() throws Exception {
    String[] fronts = {"X-Forwarded-Host: a.test", "X-Forwarded-Host: b.test", "X-None: 1"};
    try (Gatehouse gatehouse =
        with(
            "proxy.forwarded.trustedProxies=127.0.0.0/8",
            "proxy.cache.purge.from=127.0.0.0/8",
            "proxy.guard.methods=GET,POST,PURGE")) {
      assertThat(gatehouse.http()).isNotNull();
      origin.answer(200, LONG);
      for (String each : fronts) {
        assertThat(second("/fronts", each)).isEqualTo("HIT");
      }
      assertThat(origin.ask("PURGE", "/fronts", "localhost").text()).contains("\"purged\":3}");
      for (String each : fronts) {
        assertThat(second("/fronts", each)).isEqualTo("HIT");
      }
      origin.ask("POST", "/fronts", "localhost", fronts[0], "Content-Length: 0");
      for (String each : fronts) {
        assertThat(Cached.word(origin.get("/fronts", each))).isEqualTo("MISS");
      }
      assertThat(origin.asked("/fronts")).isEqualTo(10);
    }
  }

  @Test
  @DisplayName("E09: nobody waits for longer than the lock's time-out")
  void whoWaitsForTooLongGoesByItself() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Gatehouse gatehouse = with("proxy.cache.lockTimeout=300ms");
        RawClient leader = RawClient.to(gatehouse.http());
        RawClient follower = RawClient.to(gatehouse.http())) {
      origin
          .backend()
          .answer(
              seen ->
                  origin.asked("/late") == 1
                      ? Script.raw("").pause(never)
                      : origin.numbered(seen, 200, LONG));
      leader.send("GET /late HTTP/1.1\r\nHost: localhost\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      Await.until("the leader's request", () -> origin.asked("/late") == 1);
      assertThat(follower.get("/late", Settings.KEY_LINE).text()).isEqualTo("2");
      never.countDown();
    }
  }
}
