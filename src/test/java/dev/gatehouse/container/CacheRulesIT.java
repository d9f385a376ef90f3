package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Generated;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

/** What is kept, for whom, and what never is, with the parameters that nobody has changed. */
@ArquillianTest
@RunAsClient
@DisplayName("The cache's rules")
final class CacheRulesIT {
  private static final Cached ORIGIN = new Cached();
  private static final AtomicInteger TARGETS = new AtomicInteger();
  private static final int LARGEST = 65_536;
  private static final String LONG = "Cache-Control: max-age=600";

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Map<String, String> settings = new HashMap<>(Settings.of(ORIGIN.backend()));
    settings.put("proxy.cache.maxObjectSize", Integer.toString(LARGEST));
    settings.put("proxy.health.passive.maxFails", "0"); // a 500 is an answer here
    Gatehouse.deploy(settings);
  }

  @AfterAll
  static void stop() {
    ORIGIN.close();
  }

  private static String target() {
    return "/rules/" + TARGETS.incrementAndGet();
  }

  @ParameterizedTest(name = "{0}: {1} {2}; to {3}: {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "E02 | 200 | Cache-Control: max-age=60 | Authorization: Bearer x | passes",
        "E02 | 200 | Cache-Control: public, max-age=60 | Authorization: Bearer x | is kept",
        "E02 | 200 | Cache-Control: s-maxage=60 | Authorization: Bearer x | is kept",
        "E02 | 200 | Cache-Control: max-age=60, must-revalidate | Authorization: Bearer x | is kept",
        "E02 | 200 | Cache-Control: max-age=60 | Cookie: session=1 | is kept",
        "E03 | 200 | Cache-Control: max-age=60 | - | is kept",
        "E03 | 200 | - | - | passes",
        "E03 | 200 | Cache-Control: private, max-age=60 | - | passes",
        "E03 | 200 | Cache-Control: max-age=60, PRIVATE | - | passes",
        "E03 | 200 | Cache-Control: max-age=60, no-store | - | passes",
        "E03 | 200 | Cache-Control: max-age=60~Cache-Control: No-Store | - | passes",
        "E03 | 200 | Cache-Control: max-age=60, no-cache | - | passes",
        "E03 | 200 | Cache-Control: ext=\"a, no-store\", max-age=60 | - | is kept",
        "E03 | 200 | Cache-Control: unheard-of=1, max-age=60 | - | is kept",
        "E03 | 200 | Cache-Control: max-age=\"60\" | - | is kept",
        "E03 | 200 | Cache-Control: max-age='60' | - | passes",
        "E03 | 200 | Cache-Control: max-age=-1 | - | passes",
        "E03 | 200 | Cache-Control: max-age=0 | - | passes",
        "E03 | 200 | Cache-Control: max-age=99999999999 | - | is kept",
        "E03 | 200 | Cache-Control: max-age=0, max-age=60 | - | passes",
        "E03 | 200 | Cache-Control: max-age=60, s-maxage=0 | - | passes",
        "E03 | 200 | Cache-Control: max-age=60~Age: 60 | - | passes",
        "E03 | 200 | Expires: Thu, 01 Jan 2037 00:00:00 GMT | - | is kept",
        "E03 | 200 | Expires: 0 | - | passes",
        "E03 | 200 | Cache-Control: no-store~CDN-Cache-Control: max-age=60 | - | is kept",
        "E03 | 200 | Cache-Control: max-age=60~CDN-Cache-Control: no-store | - | passes",
        "E03 | 200 | Cache-Control: max-age=60~CDN-Cache-Control: &&&&& | - | is kept",
        "E04 | 200 | Cache-Control: max-age=60~Set-Cookie: a=b | - | passes",
        "E04 | 200 | Cache-Control: public, max-age=60~Set-Cookie: a=b | - | is kept",
        "E04 | 200 | Cache-Control: s-maxage=60~Set-Cookie: a=b | - | is kept",
        "E04 | 200 | CDN-Cache-Control: max-age=60~Set-Cookie: a=b | - | is kept",
        "E05 | 200 | Cache-Control: max-age=60~Vary: * | - | passes",
        "E05 | 200 | Cache-Control: max-age=60~Vary: Accept-Language, * | - | passes",
        "E05 | 200 | Cache-Control: max-age=60~Vary: Accept~Vary: * | - | passes",
        "E13 | 200 | Cache-Control: max-age=60 | Cache-Control: no-cache | is kept",
        "E13 | 200 | Cache-Control: max-age=60 | Cache-Control: no-store | is kept",
        "E13 | 200 | Cache-Control: max-age=60 | Cache-Control: max-age=0 | is kept",
        "E13 | 200 | Cache-Control: max-age=60 | Pragma: no-cache | is kept",
        "E14 | 200 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT | - | is kept",
        "E14 | 301 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT~Location: /e | - | is kept",
        "E14 | 308 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT~Location: /e | - | is kept",
        "E14 | 404 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT | - | is kept",
        "E14 | 405 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT | - | is kept",
        "E14 | 410 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT | - | is kept",
        "E14 | 501 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT | - | is kept",
        "E14 | 302 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT~Location: /e | - | passes",
        "E14 | 403 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT | - | passes",
        "E14 | 500 | Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT | - | passes",
        "E14 | 404 | - | - | passes",
        "E14 | 410 | - | - | passes",
        "E14 | 301 | Location: /e | - | passes",
        "E14 | 500 | Cache-Control: max-age=60 | - | is kept",
        "E14 | 503 | Cache-Control: max-age=60 | - | is kept",
        "E14 | 302 | Cache-Control: max-age=60~Location: /e | - | is kept",
        "E14 | 599 | Cache-Control: max-age=60 | - | is kept",
      })
  void anAnswerIsKeptOrPasses(String id, int status, String lines, String request, String outcome)
      throws Exception {
    String target = target();
    ORIGIN.answer(status, lines);
    Reply first = ORIGIN.get(target, Cached.split(request));
    assertThat(first.status()).isEqualTo(status);
    assertThat(first.text()).isEqualTo("1");
    assertThat(Cached.word(first)).isEqualTo("MISS");
    Reply second = ORIGIN.get(target, Cached.split(request));
    assertThat(second.status()).isEqualTo(status);
    boolean kept = outcome.equals("is kept");
    assertThat(second.text()).as(id).isEqualTo(kept ? "1" : "2");
    assertThat(Cached.word(second)).isEqualTo(kept ? "HIT" : "MISS");
    if (kept) {
      assertThat(second.headers("Age")).hasSize(1);
      assertThat(second.header("Date")).isPresent();
      assertThat(second.header("Cache-Status").orElse("")).contains("hit");
    }
  }

  @Test
  @DisplayName("E03: a field that is private to the first one is nobody else's")
  void aPrivateFieldIsNotKept() throws Exception {
    String target = target();
    ORIGIN.answer(200, "Cache-Control: max-age=60, private=\"X-Yours\"~X-Yours: secret");
    assertThat(ORIGIN.get(target).header("X-Yours")).contains("secret");
    Reply second = ORIGIN.get(target);
    assertThat(second.text()).isEqualTo("1");
    assertThat(second.header("X-Yours")).isEmpty();
  }

  @ParameterizedTest(name = "E12: {0} is not kept for its name")
  @ValueSource(
      strings = {
        "/account/profile.css",
        "/account;.js",
        "/account/x.png?y=.ico",
        "/account%0a.css",
        "/account/..%2fstatic/x.css",
        "/account/%2e%2e/static/x.css",
        "/account%3f.css",
        "/account%23.js",
      })
  void nothingIsKeptForItsName(String target) throws Exception {
    ORIGIN.answer(200, "Content-Type: text/html");
    Reply first = ORIGIN.get(target);
    Reply second = ORIGIN.get(target);
    assertThat(second.status()).isEqualTo(first.status()).isIn(200, 400);
    assertThat(Cached.word(second)).isNotEqualTo("HIT");
    assertThat(second.text()).isNotEqualTo("1");
  }

  @Test
  @DisplayName("E01: host, scheme, path and query tell requests apart, as they are")
  void differentTargetsAreDifferent() throws Exception {
    String target = target();
    ORIGIN.backend().answer(seen -> Script.response(200, Cached.bytes(seen.head()), LONG));
    assertThat(Cached.word(ORIGIN.ask("GET", target, "a.test"))).isEqualTo("MISS");
    assertThat(Cached.word(ORIGIN.ask("GET", target, "b.test"))).isEqualTo("MISS");
    assertThat(Cached.word(ORIGIN.ask("GET", target, "A.Test:80"))).isEqualTo("HIT");
    assertThat(Cached.word(ORIGIN.ask("GET", target, "a.test:81"))).isEqualTo("MISS");
    assertThat(Cached.word(ORIGIN.ask("GET", target + "?a=1&b=2", "a.test"))).isEqualTo("MISS");
    assertThat(Cached.word(ORIGIN.ask("GET", target + "?b=2&a=1", "a.test"))).isEqualTo("MISS");
    assertThat(Cached.word(ORIGIN.ask("GET", target + "?a=1&b=2", "a.test"))).isEqualTo("HIT");
    assertThat(Cached.word(ORIGIN.ask("GET", target + "/", "a.test"))).isEqualTo("MISS");
    assertThat(Cached.word(ORIGIN.ask("GET", target + ";v=1", "a.test"))).isEqualTo("MISS");
  }

  @ParameterizedTest(name = "E08: Range: {0}, If-Range: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bytes=0-3 | - | 206 | 0123 | bytes 0-3/10",
        "bytes=6- | - | 206 | 6789 | bytes 6-9/10",
        "bytes=-3 | - | 206 | 789 | bytes 7-9/10",
        "bytes=-99 | - | 206 | 0123456789 | bytes 0-9/10",
        "bytes=8-99 | - | 206 | 89 | bytes 8-9/10",
        "bytes=10- | - | 416 | - | bytes */10",
        "bytes=5-2 | - | 200 | 0123456789 | -",
        "bytes=x | - | 200 | 0123456789 | -",
        "lines=0-1 | - | 200 | 0123456789 | -",
        "bytes=0-3 | \"v1\" | 206 | 0123 | bytes 0-3/10",
        "bytes=0-3 | \"v2\" | 200 | 0123456789 | -",
        "bytes=0-3 | W/\"v1\" | 200 | 0123456789 | -",
      })
  void aRangeIsTakenOutOfTheWhole(
      String range, String condition, int status, String body, String contentRange)
      throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(seen -> Script.response(200, Cached.bytes("0123456789"), LONG, "ETag: \"v1\""));
    assertThat(ORIGIN.get(target).text()).isEqualTo("0123456789");
    Reply reply =
        condition.equals("-")
            ? ORIGIN.get(target, "Range: " + range)
            : ORIGIN.get(target, "Range: " + range, "If-Range: " + condition);
    assertThat(reply.status()).isEqualTo(status);
    if (!body.equals("-")) {
      assertThat(reply.text()).isEqualTo(body);
    }
    assertThat(reply.header("Content-Range").orElse("-")).isEqualTo(contentRange);
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "E08: several ranges come as parts, and overlapping ones never as more than the whole")
  void severalRangesComeAsParts() throws Exception {
    String target = target();
    String whole = "0123456789".repeat(100);
    ORIGIN.backend().answer(seen -> Script.response(200, Cached.bytes(whole), LONG));
    assertThat(ORIGIN.get(target).text()).isEqualTo(whole);
    Reply parts = ORIGIN.get(target, "Range: bytes=0-0,-1");
    assertThat(parts.status()).isEqualTo(206);
    assertThat(parts.header("Content-Type").orElse("")).startsWith("multipart/byteranges");
    assertThat(parts.text()).contains("bytes 0-0/1000", "bytes 999-999/1000");
    Reply many = ORIGIN.get(target, "Range: bytes=" + "0-,".repeat(200) + "0-");
    assertThat(many.status()).isIn(200, 206, 416);
    assertThat(many.body().length()).isLessThan(3_000);
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
  }

  @Test
  @DisplayName("E08: a part is never kept as the whole")
  void aPartIsNotKeptAsTheWhole() throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(
            seen ->
                seen.header("Range").isPresent()
                    ? Script.response(
                        206, Cached.bytes("0123"), LONG, "Content-Range: bytes 0-3/10")
                    : Script.response(200, Cached.bytes("0123456789"), LONG));
    assertThat(ORIGIN.get(target, "Range: bytes=0-3").status()).isEqualTo(206);
    Reply whole = ORIGIN.get(target);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.text()).isEqualTo("0123456789");
    assertThat(Cached.word(ORIGIN.get(target))).isEqualTo("HIT");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "If-None-Match: \"v1\" | 304",
        "If-None-Match: \"v0\", W/\"v1\" | 304",
        "If-None-Match: * | 304",
        "If-None-Match: \"v2\" | 200",
        "If-Modified-Since: Thu, 01 Jan 2015 00:00:00 GMT | 304",
        "If-Modified-Since: Wednesday, 31-Dec-14 23:59:59 GMT | 200",
        "If-None-Match: \"v2\"~If-Modified-Since: Thu, 01 Jan 2015 00:00:00 GMT | 200",
      })
  void aConditionIsAnsweredFromStore(String lines, int status) throws Exception {
    String target = target();
    ORIGIN.answer(200, LONG + "~ETag: \"v1\"~Last-Modified: Thu, 01 Jan 2015 00:00:00 GMT");
    assertThat(ORIGIN.get(target).status()).isEqualTo(200);
    Reply reply = ORIGIN.get(target, Cached.split(lines));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("ETag")).contains("\"v1\"");
    assertThat(Cached.word(reply)).isEqualTo("HIT");
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
  }

  @Test
  void headIsAnsweredByWhatGetHasLeft() throws Exception {
    String target = target();
    ORIGIN.answer(200, LONG);
    assertThat(ORIGIN.get(target).text()).isEqualTo("1");
    Reply head = ORIGIN.ask("HEAD", target, "localhost");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).contains("1");
    assertThat(Cached.word(head)).isEqualTo("HIT");
  }

  @Test
  void ageIsTheOriginsAndOurs() throws Exception {
    String target = target();
    ORIGIN.answer(200, LONG + "~Age: 100");
    assertThat(ORIGIN.get(target).headers("Age")).containsExactly("100");
    Reply hit = ORIGIN.get(target);
    assertThat(hit.headers("Age")).hasSize(1);
    assertThat(Integer.parseInt(hit.headers("Age").get(0))).isBetween(100, 130);
  }

  @Test
  void whatVariesIsThereSeveralTimes() throws Exception {
    String target = target();
    echoes("Accept-Language");
    for (String language : new String[] {"de", "fr", "en"}) {
      assertThat(ORIGIN.get(target, "Accept-Language: " + language).text()).isEqualTo(language);
    }
    assertThat(ORIGIN.get(target).text()).isEqualTo("none");
    for (String language : new String[] {"de", "fr", "en"}) {
      Reply hit = ORIGIN.get(target, "Accept-Language: " + language);
      assertThat(hit.text()).isEqualTo(language);
      assertThat(Cached.word(hit)).isEqualTo("HIT");
    }
    assertThat(ORIGIN.asked(target)).isEqualTo(4);
  }

  @Test
  @DisplayName("E05: five hundred variants of one URL put nothing else out")
  void manyVariantsAreBounded() throws Exception {
    String other = target();
    ORIGIN.answer(200, LONG);
    assertThat(ORIGIN.get(other).text()).isEqualTo("1");
    String target = target();
    ORIGIN
        .backend()
        .answer(
            seen ->
                Script.response(
                    200, Cached.bytes(seen.header("X-V").orElse("")), LONG, "Vary: X-V"));
    for (int i = 0; i < 500; i++) {
      assertThat(ORIGIN.get(target, "X-V: " + i).text()).isEqualTo("" + i);
    }
    assertThat(Cached.word(ORIGIN.get(target, "X-V: 499"))).isEqualTo("HIT");
    assertThat(Cached.word(ORIGIN.get(other))).isEqualTo("HIT");
  }

  @ParameterizedTest(name = "E06: {0} from a client is in nobody else''s answer")
  @ValueSource(
      strings = {
        "Forwarded: for=192.0.2.66;host=evil.test;proto=https",
        "X-Forwarded-For: evil.test",
        "X-Forwarded-Host: evil.test",
        "X-Forwarded-Proto: evil.test",
        "X-Forwarded-Port: 60666",
        "X-Forwarded-Prefix: /evil.test",
        "X-Forwarded-Server: evil.test",
        "X-Forwarded-Scheme: evil.test",
        "X-Real-IP: 192.0.2.66",
        "X-Original-URL: /evil.test",
        "X-Rewrite-URL: /evil.test",
      })
  void whatTheProxySaysOfAClientIsNotTheClients(String line) throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(seen -> Script.response(200, Cached.bytes(seen.head().replace(target, "")), LONG));
    assertThat(ORIGIN.get(target, line).status()).isIn(200, 400);
    assertThat(ORIGIN.get(target).text()).doesNotContain("evil", "60666", "192.0.2.66");
  }

  @ParameterizedTest(name = "E06: the Host {0} is in nobody else''s answer")
  @ValueSource(strings = {"Spelt.Test", "spelt.test:80", "spelt.test:", "SPELT.test:0080"})
  void aSpellingOfTheHostIsNotTheClients(String spelling) throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(
            seen ->
                Script.response(
                    200,
                    Cached.bytes(
                        seen.headers("X-Forwarded-Host") + " " + seen.headers("X-Forwarded-Port")),
                    LONG,
                    "Location: " + ORIGIN.backend().url() + "/x"));
    Reply first = ORIGIN.ask("GET", target, spelling);
    Reply second = ORIGIN.ask("GET", target, "spelt.test");
    boolean refused = first.status() == 400; // the server does not know a port without digits
    assertThat(Cached.word(second)).isEqualTo(refused ? "MISS" : "HIT");
    assertThat(second.text()).isEqualTo("[spelt.test] [80]");
    assertThat(second.headers("Location")).containsExactly("http://spelt.test/x");
  }

  @ParameterizedTest(name = "E06: {0} does not select where it is nominated")
  @CsvSource({"Accept-Language: de, de", "TE: trailers, none"})
  void whatTheBackendDoesNotGetSelectsNothing(String line, String got) throws Exception {
    String target = target();
    String name = line.substring(0, line.indexOf(':'));
    echoes(name);
    assertThat(ORIGIN.get(target, line, "Connection: " + name).text()).isEqualTo("none");
    assertThat(Cached.word(ORIGIN.get(target))).isEqualTo("HIT");
    assertThat(ORIGIN.get(target, line).text()).isEqualTo(got);
  }

  @Test
  @DisplayName("E06: a key that the backend does not get does not select")
  void theKeyDoesNotSelect() throws Exception {
    String target = target();
    echoes("X-API-Key");
    assertThat(ORIGIN.get(target).text()).isEqualTo("none");
    assertThat(Cached.word(byKey(target, Settings.ADMIN_LINE))).isEqualTo("HIT");
  }

  /** Answers with what it got in this field, and says that it varies by it. */
  private static void echoes(String name) {
    ORIGIN
        .backend()
        .answer(
            seen ->
                Script.response(
                    200, Cached.bytes(seen.header(name).orElse("none")), LONG, "Vary: " + name));
  }

  @Test
  @DisplayName("E06: by X_Foo nobody gets something into what others get for X-Foo")
  void aFieldsOtherNameIsNotTheField() throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(seen -> Script.response(200, Cached.bytes(seen.head()), LONG, "Vary: X-Foo"));
    assertThat(ORIGIN.get(target, "X_Foo: evil").text()).contains("evil");
    assertThat(ORIGIN.get(target).text()).doesNotContain("evil");
    assertThat(ORIGIN.get(target, "X-Foo: evil").text()).containsIgnoringCase("X-Foo: evil");
    assertThat(ORIGIN.get(target, "X_Foo: evil").text()).containsIgnoringCase("X_Foo: evil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "X-Forwarded-Proto", "Via", "X-Consumer-Id", "Host"})
  @DisplayName("E06: what we set selects, whatever the client writes there")
  void whatWeSetSelects(String name) throws Exception {
    String target = target();
    ORIGIN.answer(200, LONG + "~Vary: " + name);
    assertThat(ORIGIN.get(target).text()).isEqualTo("1");
    assertThat(Cached.word(ORIGIN.get(target))).isEqualTo("HIT");
    if (!name.equals("Host") && !name.equals("Via")) {
      assertThat(Cached.word(ORIGIN.get(target, name + ": evil"))).isEqualTo("HIT");
    }
  }

  @Test
  @DisplayName("E06: who is known by a key gets nobody else's")
  void consumersAreToldApart() throws Exception {
    String target = target();
    echoes("X-Consumer-Id");
    Reply first = ORIGIN.get(target);
    Reply admins = byKey(target, Settings.ADMIN_LINE);
    assertThat(admins.status()).isEqualTo(200);
    assertThat(admins.text()).isNotEqualTo(first.text());
    assertThat(ORIGIN.get(target).text()).isEqualTo(first.text());
  }

  @Test
  @DisplayName("E06: a body that comes with GET is in nobody else's answer")
  void aBodyWithGetIsNobodyElses() throws Exception {
    String target = target();
    ORIGIN
        .backend()
        .answer(seen -> Script.response(200, Cached.bytes("by " + seen.body().length()), LONG));
    String head = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + Settings.KEY_LINE;
    try (RawClient client = RawClient.to(ServerUnderTest.current().http())) {
      Reply fat = client.exchange(head + "\r\nContent-Length: 4\r\n\r\nevil");
      assertThat(fat.text()).isEqualTo("by 4");
      assertThat(fat.header("Cache-Status").orElse("")).contains("request-content");
    }
    Status.awaitNothingInFlight(ServerUnderTest.current());
    assertThat(ORIGIN.get(target).text()).isEqualTo("by 0");
    assertThat(Cached.word(ORIGIN.get(target))).isEqualTo("HIT");
  }

  @ParameterizedTest(name = "E07: {0} answered {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | 200 | - | the target",
        "PUT | 204 | - | the target",
        "DELETE | 200 | - | the target",
        "PATCH | 200 | - | the target",
        "POST | 303 | Location: /elsewhere | the target",
        "POST | 404 | - | nothing",
        "PUT | 500 | - | nothing",
        "OPTIONS | 200 | - | nothing",
        "POST | 201 | Location: OTHER | both",
        "POST | 200 | Content-Location: OTHER | both",
        "POST | 201 | Location: http://other.testOTHER | the target",
        "POST | 403 | Location: OTHER | nothing",
      })
  void anUnsafeMethodMakesUsForget(String method, int status, String lines, String forgotten)
      throws Exception {
    String target = target();
    String other = target();
    String answer = lines.replace("OTHER", other);
    ORIGIN
        .backend()
        .answer(
            seen ->
                seen.method().equals("GET")
                    ? ORIGIN.numbered(seen, 200, LONG)
                    : Script.response(status, new byte[0], Cached.split(answer)));
    assertThat(ORIGIN.get(target).text()).isEqualTo("1");
    assertThat(ORIGIN.get(other).text()).isEqualTo("1");
    Reply unsafe = ORIGIN.ask(method, target, "localhost", "Content-Length: 0");
    assertThat(unsafe.status()).isEqualTo(status);
    assertThat(Cached.word(unsafe)).isEqualTo("BYPASS");
    assertThat(Cached.word(ORIGIN.get(target)))
        .isEqualTo(forgotten.equals("nothing") ? "HIT" : "MISS");
    assertThat(Cached.word(ORIGIN.get(other))).isEqualTo(forgotten.equals("both") ? "MISS" : "HIT");
  }

  @ParameterizedTest(name = "E16: {0} bytes, {1}")
  @CsvSource({
    "0, length, HIT",
    "65536, length, HIT",
    "65537, length, MISS",
    "65536, chunks, HIT",
    "65537, chunks, MISS",
    "65536, end, HIT",
    "65537, end, MISS",
    "5000000, length, MISS",
    "5000000, chunks, MISS",
    "5000000, end, MISS",
  })
  void aBodyOfTheLargestSizeIsKeptAndNoneBeyond(int size, String framing, String then)
      throws Exception {
    String target = target();
    Script length = Script.head(LONG, "Content-Length: " + size).sendGenerated(size);
    Script chunks =
        Script.head(LONG, "Transfer-Encoding: chunked")
            .writing(out -> Generated.writeChunked(out, size));
    Script end = Script.head(LONG).sendGenerated(size).fin();
    ORIGIN
        .backend()
        .answer(
            seen ->
                switch (framing) {
                  case "length" -> length;
                  case "chunks" -> chunks;
                  default -> end;
                });
    for (String word : new String[] {"MISS", then}) {
      Reply reply = ORIGIN.get(target);
      assertThat(Cached.word(reply)).isEqualTo(word);
      assertThat(reply.isWhole()).isTrue();
      assertThat(reply.body().length()).isEqualTo(size);
      assertThat(reply.body().sha256()).isEqualTo(Generated.sha256(size));
    }
  }

  @Test
  @DisplayName("F08: who has no key gets nothing of what is kept")
  void whoHasNoKeyGetsNothing() throws Exception {
    String target = target();
    ORIGIN.answer(200, "Cache-Control: public, max-age=600");
    assertThat(ORIGIN.get(target).text()).isEqualTo("1");
    assertThat(byKey(target, "X-Nothing: said").status()).isEqualTo(401);
    assertThat(byKey(target, "X-API-Key: wrong-key-0123456789").status()).isEqualTo(401);
    assertThat(byKey(target, "X-Nothing: said").headers("X-Cache")).isEmpty();
    assertThat(Cached.word(byKey(target, Settings.KEY_LINE))).isEqualTo("HIT");
    assertThat(ORIGIN.asked(target)).isEqualTo(1);
  }

  private static Reply byKey(String target, String line) throws Exception {
    try (RawClient client = RawClient.to(ServerUnderTest.current().http())) {
      return client.get(target, line);
    }
  }

  @Test
  @DisplayName("E06: the name of an exchange is the client's own, whoever gets the body")
  void whatIsForOneClientIsNotKept() throws Exception {
    String target = target();
    ORIGIN.answer(200, LONG + "~Surrogate-Key: a b");
    Reply first = ORIGIN.get(target);
    Reply second = ORIGIN.get(target);
    assertThat(second.text()).isEqualTo("1");
    assertThat(second.headers("X-Request-Id")).hasSameSizeAs(first.headers("X-Request-Id"));
    if (first.header("X-Request-Id").isPresent()) {
      assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
    }
    assertThat(first.header("Surrogate-Key")).isEmpty();
    assertThat(second.header("Surrogate-Key")).isEmpty();
  }
}
