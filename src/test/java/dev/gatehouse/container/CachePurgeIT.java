package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator and a publisher have the cache forget, who may not, and what it tells. */
@ArquillianTest
@RunAsClient
@DisplayName("Purge")
final class CachePurgeIT {
  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
  private static final String PURGE = "/_proxy/cache/purge";
  private static final AtomicInteger ANSWERS = new AtomicInteger();
  private static final Backend BACKEND = new Backend(CachePurgeIT::answer);
  private static final String BASIC =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString(("me:" + Settings.ADMIN_KEY).getBytes(UTF_8));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(BACKEND));
    settings.put("proxy.guard.methods", "GET,HEAD,POST,PUT,DELETE,OPTIONS,PURGE");
    settings.put("proxy.cache.purge.from", "127.0.0.1, ::1");
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @BeforeEach
  void empty() throws Exception {
    assertThat(purge("all=true").status()).isEqualTo(200);
    BACKEND.answer(CachePurgeIT::answer);
  }

  /** Fresh for ten minutes; what is below /v/ varies, what is below /t/ has tags. */
  private static Script answer(Seen seen) {
    if (seen.header("If-None-Match").isPresent()) {
      return Script.ofStatus(304, "Cache-Control: max-age=600", "ETag: \"1\"");
    }
    List<String> fields = new ArrayList<>(List.of("Cache-Control: max-age=600", "ETag: \"1\""));
    if (seen.target().startsWith("/v/")) {
      fields.add("Vary: Accept-Language");
    }
    if (seen.target().startsWith("/t/")) {
      fields.add("Surrogate-Key: all " + seen.target().substring(3));
      fields.add("Cache-Tag: c,d");
    }
    byte[] body = ("answer " + ANSWERS.incrementAndGet()).getBytes(UTF_8);
    return Script.response(200, body, fields.toArray(String[]::new));
  }

  @Test
  void aUrlIsForgottenWithAllItsVariantsAndNoOther() throws Exception {
    warm("/v/a", "Accept-Language: de");
    warm("/v/a", "Accept-Language: en");
    warm("/v/b", "Accept-Language: de");
    warm("/a?x=1");
    warm("/a?x=2");
    assertThat(purged("url=https://H:443/v/a")).as("by whichever scheme").isEqualTo(2);
    assertThat(word("/v/a", "Accept-Language: de")).isEqualTo("MISS");
    assertThat(word("/v/a", "Accept-Language: en")).isEqualTo("MISS");
    assertThat(word("/v/b", "Accept-Language: de")).isEqualTo("HIT");
    assertThat(purged("url=/a%3Fx=1")).isEqualTo(1);
    assertThat(word("/a?x=1")).isEqualTo("MISS");
    assertThat(word("/a?x=2")).isEqualTo("HIT");
    assertThat(purged("url=http://elsewhere/a%3Fx=2")).isZero();
  }

  @Test
  void whatBeginsSoIsForgotten() throws Exception {
    warm("/p/1");
    warm("/p/2?x");
    warm("/q/1");
    assertThat(purged("prefix=http://h/p/")).isEqualTo(2);
    assertThat(word("/p/1")).isEqualTo("MISS");
    assertThat(word("/q/1")).isEqualTo("HIT");
  }

  @Test
  void whatHasATagIsForgottenAndOthersAreStillFound() throws Exception {
    warm("/t/x");
    warm("/t/y");
    warm("/t/z");
    warm("/v/a", "Accept-Language: de");
    assertThat(purged("tag=x%20z")).isEqualTo(2);
    assertThat(word("/t/x")).isEqualTo("MISS");
    assertThat(word("/t/y")).isEqualTo("HIT");
    assertThat(word("/v/a", "Accept-Language: de")).isEqualTo("HIT");
    assertThat(purged("tag=D")).as("case counts").isZero();
    assertThat(purged("tag=d")).isEqualTo(2);
  }

  @Test
  void clientsSeeNoTags() throws Exception {
    for (String method : List.of("GET", "GET", "HEAD", "POST", "OPTIONS")) {
      Reply reply = send(method, "/t/x");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("ETag")).contains("\"1\"");
      assertThat(reply.header("Surrogate-Key")).isEmpty();
      assertThat(reply.header("Cache-Tag")).isEmpty();
    }
  }

  @Test
  void tagsStayThroughAValidation() throws Exception {
    warm("/t/x");
    assertThat(purged("tag=x&soft=true")).isEqualTo(1);
    assertThat(word("/t/x")).isEqualTo("REVALIDATED");
    assertThat(word("/t/x")).isEqualTo("HIT");
    assertThat(purged("tag=x")).isEqualTo(1);
  }

  @Test
  void whatIsPurgedSoftlyIsValidated() throws Exception {
    String body = warm("/s").text();
    warm("/s2");
    assertThat(purged("url=http://h/s&soft=true")).isEqualTo(1);
    assertThat(purged("url=http://h/s&soft=true")).as("it is stale already").isZero();
    Reply validated = get("/s");
    assertThat(validated.header("X-Cache")).contains("REVALIDATED");
    assertThat(validated.text()).isEqualTo(body);
    assertThat(word("/s")).isEqualTo("HIT");
    assertThat(word("/s2")).isEqualTo("HIT");
  }

  @Test
  void whatIsPurgedSoftlyStandsInWhereNobodyAnswers() throws Exception {
    String body = warm("/s").text();
    warm("/gone");
    assertThat(purged("url=/s&soft=true")).isEqualTo(1);
    assertThat(purged("url=/gone")).isEqualTo(1);
    BACKEND.stop();
    try {
      Reply stale = get("/s");
      assertThat(stale.status()).isEqualTo(200);
      assertThat(stale.text()).isEqualTo(body);
      assertThat(stale.header("X-Cache")).contains("STALE");
      Reply failed = get("/gone");
      assertThat(failed.status()).isBetween(502, 504);
      assertThat(failed.headers("Cache-Status"))
          .containsExactly("gatehouse; fwd=uri-miss; detail=unanswered");
      Reply posted = send("POST", "/gone");
      assertThat(posted.status()).isBetween(502, 504);
      assertThat(posted.headers("Cache-Status"))
          .containsExactly("gatehouse; fwd=method; detail=unanswered");
    } finally {
      BACKEND.restart();
      Await.until(
          "it is back",
          () -> Status.get(server).backends().get(0).getString("status").equals("HEALTHY"));
    }
  }

  @Test
  void whatIsOnItsWayIsNotStored() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    BACKEND.answer(
        seen ->
            Script.head("Content-Length: 4", "Cache-Control: max-age=600")
                .send("ha")
                .pause(latch)
                .send("lf"));
    try (RawClient slow = RawClient.to(server.http())) {
      slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      BACKEND.request("/slow");
      assertThat(purged("url=/slow")).isZero();
      latch.countDown();
      assertThat(slow.readFinal(false).text()).isEqualTo("half");
    }
    assertThat(word("/slow")).isEqualTo("MISS");
    assertThat(word("/slow")).isEqualTo("HIT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"url=http://h/*", "url=/*", "prefix=/*", "prefix=http://h/.*", "tag=*"})
  @DisplayName("E17 no character is a wildcard")
  void noCharacterIsAWildcard(String form) throws Exception {
    warm("/t/x");
    assertThat(purged(form)).isZero();
    assertThat(word("/t/x")).isEqualTo("HIT");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'', 400",
    "url=/a&tag=b, 400",
    "uri=/a, 400",
    "tag=a&tag=b, 400",
    "url=ftp://h/a, 422",
    "url=*, 422",
    "all=yes, 422",
  })
  void whatIsNotClearIsSaidInPlainWords(String form, int status) throws Exception {
    warm("/a");
    Reply reply = purge(form);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).startsWith(status + " ").doesNotContain("dev.gatehouse");
    assertThat(word("/a")).isEqualTo("HIT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PURGE"})
  @DisplayName("E17 by GET")
  void onlyPostPurges(String method) throws Exception {
    warm("/a");
    Reply reply = send(method, PURGE + "?all=true", Settings.ADMIN_LINE);
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).contains("POST");
    assertThat(word("/a")).isEqualTo("HIT");
  }

  @Test
  @DisplayName("E17 by cross-site POST")
  void otherSitesPurgeNothing() throws Exception {
    warm("/a");
    String token = "&token=" + token();
    String ours = "Origin: http://" + server.http().getAuthority();
    assertThat(post("all=true").status()).isEqualTo(401);
    assertThat(post("all=true", Settings.KEY_LINE).status()).isEqualTo(401);
    assertThat(post("all=true" + token, BASIC, "Origin: http://evil.test").status()).isEqualTo(403);
    assertThat(post("all=true", Settings.ADMIN_LINE, "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
    assertThat(post("all=true", BASIC, ours).status()).as("no token").isEqualTo(403);
    assertThat(post("all=true", BASIC).status()).isEqualTo(403);
    assertThat(word("/a")).isEqualTo("HIT");

    Reply reply = post("url=&prefix=&tag=&all=true&reason=" + token, BASIC, ours);
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).contains("/_proxy/status");
    assertThat(word("/a")).isEqualTo("MISS");
  }

  @Test
  @DisplayName("E17 logged")
  void aPurgeIsWrittenDownWithoutQueries() throws Exception {
    warm("/a?secret=1");
    assertThat(purge("url=http://h/a%3Fsecret=1&reason=it's+%3Cold%3E%0d").text())
        .contains("\"purged\": 1", "\"soft\": false", "\"scope\": \"url //h/a?...\"");
    JsonObject event = Status.get(server).json().getJsonArray("events").getJsonObject(0);
    assertThat(event.getString("what")).isEqualTo("purged: 1 responses, url //h/a?...");
    assertThat(event.getString("by")).isEqualTo("admin");
    assertThat(event.getString("cause")).isEqualTo("it's <old>");
    assertThat(purge("tag=%3Cimg%E2%80%A8x&reason=x").status()).isEqualTo(200);
    assertThat(server.log())
        .contains("purged: 1 responses, url //h/a?..., by admin: it's <old>")
        .contains("purged: 0 responses, tag <img\\u{2028}x, by admin: x");
    assertThat(page(Settings.ADMIN_LINE))
        .contains("tag &lt;img\\u{2028}x", "it&#39;s &lt;old&gt;")
        .doesNotContain("<img");
  }

  @Test
  void publishersProgramsPurgeAUrl() throws Exception {
    warm("/a");
    warm("/v/a", "Accept-Language: de");
    warm("/v/a", "Accept-Language: en");
    assertThat(send("PURGE", "/v/a").text()).isEqualTo("{\"purged\":2}\n");
    assertThat(word("/v/a", "Accept-Language: de")).isEqualTo("MISS");
    Reply none = send("PURGE", "/nothing");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.header("Cache-Status")).contains("gatehouse; detail=purge");
    assertThat(send("PURGE", "/*").status()).as("no wildcard").isEqualTo(404);
    assertThat(send("PURGE", "/a", "Sec-Fetch-Site: same-origin").status())
        .as("by a page of a backend")
        .isEqualTo(403);
    assertThat(send("PURGE", "/a", "Origin: http://h").status()).as("without TLS").isEqualTo(403);
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.exchange("PURGE /a HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(401);
    }
    assertThat(word("/a")).isEqualTo("HIT");
    assertThat(BACKEND.requests()).noneMatch(seen -> seen.method().equals("PURGE"));
    assertThat(server.log()).contains("2 responses purged by PURGE from");
  }

  @Test
  void eachAnswerSaysWhatTheCacheDid() throws Exception {
    assertThat(status("GET", "/a")).isEqualTo("gatehouse; fwd=uri-miss; stored");
    assertThat(status("GET", "/a")).startsWith("gatehouse; hit; ttl=");
    assertThat(status("POST", "/b")).isEqualTo("gatehouse; fwd=method; detail=method");
    assertThat(status("OPTIONS", "/b")).isEqualTo("gatehouse; fwd=method; detail=method");
    BACKEND.answer(seen -> Script.ofStatus(200, "Cache-Control: no-store", "Cache-Status: o; hit"));
    assertThat(status("GET", "/c")).isEqualTo("o; hit, gatehouse; fwd=uri-miss; detail=no-store");
    BACKEND.answer(seen -> Script.response(206, new byte[1], "Content-Range: bytes 0-0/2"));
    assertThat(status("GET", "/d")).isEqualTo("gatehouse; fwd=uri-miss; detail=partial");
    BACKEND.answer(seen -> Script.ofStatus(200, "Cache-Control: max-age=60"));
    assertThat(send("GET", "/e", "Authorization: x y").header("Cache-Status"))
        .contains("gatehouse; fwd=uri-miss; detail=authorization");
    for (String path : List.of("/a", "/b", "/c")) {
      assertThat(status("GET", path)).doesNotContain("key=");
    }
  }

  @Test
  void pageAndJsonShowWhatTheCacheHoldsAndDid() throws Exception {
    JsonObject before = cache();
    String body = warm("/a").text();
    get("/a");
    send("POST", "/b");
    warm("/s");
    purge("url=/s&soft=true");
    get("/s");
    Await.until("counted", () -> since(before, "bytesDelivered") >= 6L * body.length() - 6);
    assertThat(since(before, "hits")).isEqualTo(3);
    assertThat(since(before, "misses")).isEqualTo(2);
    assertThat(since(before, "revalidated")).isEqualTo(1);
    assertThat(since(before, "stored")).isEqualTo(2);
    assertThat(since(before, "purged")).isEqualTo(1);
    assertThat(since(before, "invalidated")).isEqualTo(1);
    assertThat(since(before, "bytesFromStore")).isPositive();
    JsonObject now = cache();
    assertThat(now.getInt("entries")).isEqualTo(2);
    assertThat(now.getJsonNumber("hitRatio").doubleValue()).isBetween(0.001, 0.999);
    assertThat(now.getJsonNumber("byteHitRatio").doubleValue()).isBetween(0.001, 0.999);
    JsonObject tier = now.getJsonArray("tiers").getJsonObject(0);
    assertThat(tier.getString("name")).isEqualTo("heap");
    assertThat(tier.getInt("entries")).isEqualTo(2);
    assertThat(tier.getInt("bytes")).isPositive();
    assertThat(tier.getInt("maxBytes")).isEqualTo(64 << 20);
    assertThat(now.getJsonObject("bypasses").getInt("method")).isPositive();
    assertThat(now.getJsonObject("refusals").keySet()).contains("no-store", "purged");
    assertThat(page(Settings.ADMIN_LINE))
        .contains(
            "<h2>Cache", "Revalidated</dt>", "Past the cache: method", "<td>heap</td>", ">67 MB<")
        .contains("action=\"cache/purge\"");
  }

  private JsonObject cache() throws IOException {
    return Status.get(server).json().getJsonObject("cache");
  }

  private long since(JsonObject before, String name) throws IOException {
    return cache().getJsonNumber(name).longValue() - before.getJsonNumber(name).longValue();
  }

  /** Has it stored; the answer from store. */
  private Reply warm(String target, String... lines) throws IOException {
    assertThat(word(target, lines)).isEqualTo("MISS");
    Reply hit = get(target, lines);
    assertThat(hit.header("X-Cache")).contains("HIT");
    return hit;
  }

  private String word(String target, String... lines) throws IOException {
    return get(target, lines).header("X-Cache").orElse("");
  }

  private String status(String method, String target) throws IOException {
    Reply reply = send(method, target);
    assertThat(reply.headers("Cache-Status")).hasSize(1);
    return reply.header("Cache-Status").orElseThrow();
  }

  private Reply get(String target, String... lines) throws IOException {
    return send("GET", target, lines);
  }

  private Reply send(String method, String target, String... lines) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: h\r\n");
    List<String> all = new ArrayList<>(List.of(lines));
    if (!all.contains(Settings.ADMIN_LINE)) {
      all.add(Settings.KEY_LINE);
    }
    all.forEach(line -> request.append(line).append("\r\n"));
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.exchange(request.append("\r\n").toString());
      Status.awaitNothingInFlight(server); // the client has it all a moment before it is kept
      return reply;
    }
  }

  private long purged(String form) throws IOException {
    Reply reply = purge(form);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    Matcher count = Pattern.compile("\"purged\": (\\d+)").matcher(reply.text());
    assertThat(count.find()).isTrue();
    return Long.parseLong(count.group(1));
  }

  private Reply purge(String form) throws IOException {
    return post(form, Settings.ADMIN_LINE);
  }

  private String token() throws IOException {
    Matcher token = TOKEN.matcher(page(BASIC));
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private String page(String key) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.get("/_proxy/status", key).text();
    }
  }

  private Reply post(String form, String... lines) throws IOException {
    StringBuilder request = new StringBuilder("POST " + PURGE + " HTTP/1.1\r\nHost: ");
    request.append(server.http().getAuthority()).append("\r\n");
    List.of(lines).forEach(line -> request.append(line).append("\r\n"));
    request
        .append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
        .append(form.length())
        .append("\r\n\r\n")
        .append(form);
    try (RawClient client = RawClient.to(server.http())) {
      return client.exchange(request.toString());
    }
  }
}
