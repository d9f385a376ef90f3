package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeRequest;
import dev.gatehouse.testkit.FakeResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E06: who gets another one's response, where the origin sees what the client did not write. */
class SharingTest {
  private static final ProxyConfig.Route ROUTE =
      new ProxyConfig.Route("r", ProxyConfig.Match.ALL, "", false, Optional.empty(), "p");
  private static final String ANN = "192.0.2.1";
  private static final String BEN = "192.0.2.2";
  private static final String FRONT = "10.0.0.1";

  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final FakeOrigin origin = new FakeOrigin();
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private final HttpCache cache =
      new HttpCache(
          Rules.DEFAULT.config(),
          false,
          "X-Consumer",
          new MapStore(),
          new FakeBodies(),
          origin,
          FakeOrigin::sent,
          later::add,
          () -> now,
          () -> 0,
          new Random(1));

  @Test
  @DisplayName("RFC 9111 §4.1 an address that we have put there selects")
  void whatVariesByTheAddressIsForThatAddress() throws Exception {
    answered(ANN, "", "Vary: X-Forwarded-For", "ann's");
    assertThat(ask(BEN, "")).as("goes to the origin").isEmpty();
    assertThat(ask(ANN, "")).isEqualTo("ann's");
    assertThat(ask(BEN, "X-Forwarded-For: " + ANN)).as("as a stranger says").isEmpty();
  }

  @Test
  @DisplayName("§4 and while it comes")
  void nobodyReadsAlongWhatIsForAnotherAddress() throws Exception {
    begin(ANN, "");
    FakeResponse ben = begin(BEN, "");
    origin.last().head(200, fields("Cache-Control: max-age=9 | Vary: X-Forwarded-For"));
    runAll();
    assertThat(origin.calls()).hasSize(2);
    assertThat(ben.output().isListenedTo()).isFalse();
  }

  @Test
  @DisplayName("§4.1 a secret that the origin does not get does not select, nor is it kept")
  void whatIsWithheldDoesNotSelect() throws Exception {
    answered(ANN, "X-Api-Key: 1", "Vary: X-Api-Key", "all's");
    assertThat(ask(BEN, "X-Api-Key: 2")).isEqualTo("all's");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("§2 what a trusted proxy says of the target selects, whatever Vary says")
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Proto: https | false",
        "X-Forwarded-Host: other.test | false",
        "X-Forwarded-Prefix: /other | false",
        "X-Forwarded-For: 192.0.2.9 | true",
        "X-Real-IP: 192.0.2.9 | true",
        "Forwarded: for=192.0.2.9;proto=https | false",
        "Forwarded: for=192.0.2.9 | true",
      })
  void aTrustedProxysWordTellsTargetsApart(String line, boolean same) throws Exception {
    String other = line.startsWith("Forwarded") ? "Forwarded: for=192.0.2.8" : "";
    answered(FRONT, other, "X-None: 1", "body");
    assertThat(ask(FRONT, line)).isEqualTo(same ? "body" : "");
    assertThat(ask(FRONT, other)).isEqualTo("body");
  }

  @ParameterizedTest(name = "by {0}, {1}")
  @DisplayName("§4.4 what an unsafe request makes unfit is so by whichever proxy it is asked for")
  @CsvSource({
    "FRONT, X-Forwarded-Host: a.test",
    "FRONT, X-Forwarded-Prefix: /new",
    "FRONT, X-None: 1",
    "ANN, X-None: 1"
  })
  void anInvalidationReachesEveryFront(String by, String line) throws Exception {
    String[] fronts = {"X-Forwarded-Host: a.test", "X-Forwarded-Host: b.test", "X-None: 1"};
    for (String front : fronts) {
      answered(FRONT, front, "Vary: X-None", front);
    }
    answered(FRONT, "X-Forwarded-Host: c.test", "", "c");
    for (String front : fronts) {
      assertThat(ask(FRONT, front)).isEqualTo(front);
    }
    begin("POST", by.equals("ANN") ? ANN : FRONT, line);
    origin.last().head(204, Fields.NONE);
    origin.last().end();
    for (String front : fronts) {
      assertThat(ask(FRONT, front)).as(front).isEmpty();
    }
    assertThat(ask(FRONT, "X-Forwarded-Host: c.test")).isEmpty();
  }

  @Test
  @DisplayName("§4.3.1 who validates sends what the client has sent")
  void whoValidatesAppendsNothingTwice() throws Exception {
    answered(FRONT, "X-Forwarded-For: " + ANN, "ETag: \"a\"", "body");
    now = now.plusSeconds(20);
    assertThat(ask(FRONT, "X-Forwarded-For: " + ANN)).isEmpty();
    Fields asked = origin.last().fields();
    assertThat(asked.first("If-None-Match")).contains("\"a\"");
    assertThat(asked.all("X-Forwarded-For")).containsExactly(ANN);
  }

  @Test
  @DisplayName("RFC 5861 §3 a refresh is for the same target and variant")
  void aRefreshIsForTheSame() throws Exception {
    String line = "X-Forwarded-Proto: https";
    answered(
        FRONT,
        line,
        "Cache-Control: max-age=9, stale-while-revalidate=99 | Vary: X-Forwarded-For",
        "old");
    now = now.plusSeconds(20);
    assertThat(ask(FRONT, line)).isEqualTo("old");
    runAll();
    assertThat(origin.last().fields().first("X-Forwarded-Proto")).contains("https");
    origin.last().head(200, fields("Cache-Control: max-age=9 | Vary: X-Forwarded-For"));
    origin.last().body("new");
    origin.last().end();
    assertThat(ask(FRONT, line)).isEqualTo("new");
  }

  @Test
  @DisplayName("RFC 9110 §9.3.1 what a GET with a body brings is for nobody else")
  void aBodyIsNoPartOfTheKey() throws Exception {
    begin(ANN, "Content-Length: 5");
    origin.last().head(200, fields("Cache-Control: max-age=9"));
    origin.last().body("poison");
    origin.last().end();
    assertThat(ask(BEN, "")).isEmpty();
    assertThat(cache.counters().total(Bypass.CONTENT)).isEqualTo(1);
  }

  @ParameterizedTest
  @DisplayName("who gets a response of his own says nothing of others'")
  @ValueSource(strings = {"Authorization: x", "Range: bytes=0-", "If-None-Match: \"x\""})
  void othersWaitForOneAnotherThen(String line) throws Exception {
    answered(ANN, line, "Cache-Control: private", "own");
    int before = origin.calls().size();
    ask(ANN, "");
    ask(BEN, "");
    assertThat(origin.calls()).as("one asks, one waits").hasSize(before + 1);
  }

  @Test
  @DisplayName("nor does it take away what they can validate")
  void whatIsStoredStays() throws Exception {
    answered(ANN, "", "ETag: \"a\"", "body");
    now = now.plusSeconds(20);
    answered(ANN, "Authorization: x", "Cache-Control: private", "own");
    ask(BEN, "");
    assertThat(origin.last().fields().first("If-None-Match")).contains("\"a\"");
  }

  @Test
  @DisplayName("RFC 9111 §3.5 who is authorized may validate, and changes nothing for others")
  void whatIsValidatedWithCredentialsStays() throws Exception {
    answered(ANN, "", "ETag: \"a\"", "body");
    now = now.plusSeconds(20);
    FakeResponse hers = begin(ANN, "Authorization: x");
    origin.last().head(304, fields("ETag: \"a\" | Cache-Control: max-age=9"));
    origin.last().end();
    hers.output().begins();
    assertThat(hers.output().text()).isEqualTo("body");
    ask(BEN, "");
    assertThat(origin.last().fields().first("If-None-Match")).contains("\"a\"");
  }

  @Test
  @DisplayName("B08 a GET that asks for another method is none")
  void anotherMethodIsNotGet() throws Exception {
    answered(ANN, "X-HTTP-Method-Override: HEAD", "Cache-Control: max-age=9", "");
    assertThat(ask(BEN, "")).isEmpty();
    assertThat(origin.calls()).hasSize(2);
    origin.last().head(200, fields("Cache-Control: max-age=9"));
    origin.last().body("body");
    origin.last().end();
    assertThat(ask(BEN, "")).isEqualTo("body");
    assertThat(ask(ANN, "X-HTTP-Method-Override: HEAD")).isEmpty();
    assertThat(origin.calls()).hasSize(3);
  }

  private void answered(String peer, String line, String lines, String body) throws Exception {
    begin(peer, line);
    Fields given = fields(lines);
    Fields all = given.has("Cache-Control") ? given : given.plus("Cache-Control", "max-age=9");
    origin.last().head(200, all);
    origin.last().body(body);
    origin.last().end();
  }

  /** What is there at once; nothing: the origin is asked, or somebody waited for. */
  private String ask(String peer, String line) throws Exception {
    return begin(peer, line).output().text();
  }

  private FakeResponse begin(String peer, String line) throws Exception {
    return begin("GET", peer, line);
  }

  private FakeResponse begin(String method, String peer, String line) throws Exception {
    FakeRequest request = new FakeRequest(method, "/a").with("Host", "h");
    if (!line.isEmpty()) {
      Fields more = fields(line);
      request.with(more.name(0), more.value(0));
    }
    Exchange exchange =
        new Exchange(
            peer,
            peer.equals(FRONT),
            peer,
            new ExchangeId("1", Optional.empty()),
            new Journal(() -> 0));
    exchange.settle(ROUTE);
    exchange.withhold("X-Api-Key");
    HttpServletRequest asked = request.asRequest();
    exchange.attachTo(asked);
    FakeResponse response = new FakeResponse();
    cache.serve(asked, response.asResponse(), origin);
    return response;
  }

  private void runAll() {
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      next.run();
    }
  }
}
