package dev.gatehouse.cache;

import static dev.gatehouse.cache.Responses.T0;
import static dev.gatehouse.cache.Responses.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.StorageDecision.Refuse;
import dev.gatehouse.cache.StorageDecision.Store;
import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.config.CacheConfig.SetCookie;
import dev.gatehouse.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoragePolicyTest {
  private static final String FRESH = "Cache-Control: max-age=60";

  @Nested
  @DisplayName("RFC 9111 §3 methods")
  class Methods {
    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "M-SEARCH", "get"})
    void onlyGetIsStoredByDefault(String method) {
      assertThat(decide(Rules.DEFAULT, method, "", 200, FRESH))
          .isEqualTo(new Refuse(Refusal.METHOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "x-method-override", "X-HTTP-Method"})
    @DisplayName("B08")
    void aGetThatAsksForAnotherMethodIsNone(String name) {
      assertThat(decide(Rules.DEFAULT, "GET", name + ": HEAD", 200, FRESH))
          .isEqualTo(new Refuse(Refusal.METHOD));
    }

    @Test
    void queryIsStoredWhereItIsListed() {
      assertThat(decide(Rules.DEFAULT, "QUERY", "", 200, FRESH))
          .isEqualTo(new Refuse(Refusal.METHOD));
      Rules rules = Rules.DEFAULT.withMethods("GET", "QUERY");
      assertThat(decide(rules, "QUERY", "", 200, FRESH)).isInstanceOf(Store.class);
    }

    @Test
    void getIsNotStoredWhereItIsNotListed() {
      assertThat(decide(Rules.DEFAULT.withMethods("QUERY"), "GET", "", 200, FRESH))
          .isEqualTo(new Refuse(Refusal.METHOD));
    }

    @Test
    @DisplayName("RFC 9110 §9.3.3")
    void postIsStoredOnlyWithAStatedLifetime() {
      for (Rules rules :
          List.of(
              Rules.DEFAULT.withMethods("GET", "POST"), Rules.DEFAULT.withPostContentLocation())) {
        assertThat(decide(rules, "POST", "", 200, FRESH)).isInstanceOf(Store.class);
        assertThat(decide(rules, "POST", "", 200, "Last-Modified: @-1000"))
            .isEqualTo(new Refuse(Refusal.NO_FRESHNESS));
        assertThat(decide(rules, "POST", "", 200, "Cache-Control: public | ETag: \"a\""))
            .isEqualTo(new Refuse(Refusal.NO_FRESHNESS));
      }
    }
  }

  @Nested
  @DisplayName("RFC 9111 §3 status codes")
  class Status {
    @ParameterizedTest
    @ValueSource(
        ints = {
          200, 203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 410, 499, 500, 502, 503, 504, 599
        })
    void areStoredWithAStatedLifetime(int status) {
      assertThat(decide(status, FRESH)).isInstanceOf(Store.class);
      assertThat(decide(status, "Expires: @60")).isInstanceOf(Store.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501})
    void areStoredUnaskedIfRfc9110SaysSo(int status) {
      assertThat(decide(status, "Last-Modified: @-1000")).isInstanceOf(Store.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 299, 302, 303, 307, 400, 403, 499, 500, 502, 503, 504, 599})
    void areNotStoredUnaskedOtherwise(int status) {
      assertThat(decide(status, "Last-Modified: @-1000"))
          .isEqualTo(new Refuse(Refusal.NO_FRESHNESS));
      assertThat(decide(status, "Last-Modified: @-1000 | Cache-Control: public"))
          .isInstanceOf(Store.class);
    }

    @ParameterizedTest
    @ValueSource(
        ints = {100, 103, 199, 304, 401, 407, 412, 416, 417, 421, 425, 428, 429, 431, 511, 600})
    void areNotStoredIfTheyAreForOneRequestOnly(int status) {
      assertThat(decide(status, FRESH + ", public")).isEqualTo(new Refuse(Refusal.CLIENT));
    }

    @Test
    @DisplayName("§3.3")
    void ofAPartIsNotStored() {
      assertThat(decide(206, FRESH + " | Content-Range: bytes 0-4/10"))
          .isEqualTo(new Refuse(Refusal.PARTIAL));
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({
      "200, 'must-understand, no-store, max-age=60', true",
      "404, 'no-store, must-understand, max-age=60', true",
      "599, 'must-understand, max-age=60', false",
      "299, 'must-understand, no-store, max-age=60', false",
      "499, 'must-understand, max-age=60', false",
      "599, 'max-age=60', true",
      "200, 'must-understand=1, no-store, max-age=60', false",
      "200, 'must-understand, private, max-age=60', false",
    })
    @DisplayName("§5.2.2.3")
    void mustBeUnderstoodIfTheOriginSaysSo(int status, String control, boolean stored) {
      assertThat(decide(status, "Cache-Control: " + control) instanceof Store).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(ints = {206, 304})
    void thatNeedMoreAreNotUnderstood(int status) {
      assertThat(Statuses.isUnderstood(status)).isFalse();
    }
  }

  @Nested
  @DisplayName("RFC 9111 §5.2.2 directives")
  class Directives {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "Cache-Control: no-store -> NO_STORE",
          "Cache-Control: No-Store, max-age=60 -> NO_STORE",
          "Cache-Control: max-age=60 | Cache-Control: no-store -> NO_STORE",
          "Cache-Control: no-store | Expires: @60 -> NO_STORE",
          "Cache-Control: private -> PRIVATE",
          "Cache-Control: PRIVATE, max-age=60 -> PRIVATE",
          "Cache-Control: public, private, s-maxage=60 -> PRIVATE",
          "Cache-Control: max-age=60; private -> PRIVATE",
          "Cache-Control: max-age=60, private=\"content-type\" -> PRIVATE",
          "CDN-Cache-Control: no-store | Cache-Control: max-age=60 -> NO_STORE",
          "CDN-Cache-Control: private | Cache-Control: max-age=60 -> PRIVATE",
          "CDN-Cache-Control: max-age=0 | Cache-Control: max-age=60 -> NO_FRESHNESS",
          "Cache-Control: no-cache -> NO_FRESHNESS",
          "Cache-Control: no-cache, max-age=60 -> NO_FRESHNESS",
          "Cache-Control: max-age=0 -> NO_FRESHNESS",
          "Cache-Control: max-age=60 | Age: 60 -> NO_FRESHNESS",
          "Cache-Control: max-age='60' -> NO_FRESHNESS",
          "Date: @0 | Expires: @0 -> NO_FRESHNESS",
          "Content-Type: text/css -> NO_FRESHNESS",
          "Cache-Control: public -> NO_FRESHNESS",
          "Cache-Control: no-cache=\"ETag\", max-age=0 | ETag: \"a\" -> NO_FRESHNESS",
        })
    void refuse(String response, Refusal reason) {
      assertThat(decide(200, response)).isEqualTo(new Refuse(reason));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Cache-Control: max-age=60",
          "Cache-Control: max-age=99999999999",
          "Cache-Control: max-age=60, foo=\"no-store, private\"",
          "Cache-Control: no-cache | ETag: \"a\"",
          "Cache-Control: no-cache, max-age=60 | Last-Modified: @-5",
          "Cache-Control: max-age=0 | ETag: W/\"a\"",
          "Cache-Control: max-age=0, stale-while-revalidate=5",
          "Expires: @60",
          "ETag: \"a\"",
          "ETag: unquoted",
          "Last-Modified: @-1000",
          "CDN-Cache-Control: max-age=60 | Cache-Control: no-store | Expires: 0",
          "CDN-Cache-Control: &&& | Cache-Control: max-age=60",
          "Pragma: no-cache | Cache-Control: max-age=60",
          "Cache-Control: max-age=60 | Content-Range: bytes 0-4/10",
          "Cache-Control: max-age=60, private=\"x\"",
          "Cache-Control: max-age=60 | Vary: Accept, Origin",
          "Cache-Control: max-age=60 | Content-Encoding: odd",
        })
    void allow(String response) {
      assertThat(decide(200, response)).isInstanceOf(Store.class);
    }

    @Test
    @DisplayName("E02 what nobody says is for all is not supposed to be, where a cookie came")
    void noDefaultLifetimeIsForWhoHasACookie() {
      Rules rules = Rules.DEFAULT.withDefaultTtl(5);
      assertThat(decide(rules, "GET", "Cookie: a=b", 200, "Content-Type: a/b"))
          .isEqualTo(new Refuse(Refusal.NO_FRESHNESS));
      assertThat(decide(rules, "GET", "Cookie: a=b", 200, FRESH)).isInstanceOf(Store.class);
    }

    @Test
    @DisplayName("E02 a key of ours says who may ask, not who does")
    void aDefaultLifetimeIsForAllWhoHaveAKey() {
      Rules rules = Rules.DEFAULT.withDefaultTtl(5);
      assertThat(decide(rules, "GET", "X-Consumer-Id: shop", 200, "Content-Type: a/b"))
          .isInstanceOf(Store.class);
    }

    @Test
    void aDefaultLifetimeIsForWhoHasACookieWhereCookiesTellRequestsApart() {
      CacheConfig all = Rules.DEFAULT.withDefaultTtl(5).config();
      CacheConfig config =
          new CacheConfig(
              all.enabled(),
              all.tiers(),
              all.maxObjectSize(),
              all.rules(),
              new CacheConfig.Key(
                  all.key().methods(), List.of("cookie"), CacheConfig.Vary.RFC, false),
              all.lock(),
              all.statusHeader(),
              all.tagHeaders(),
              all.purgeFrom());
      assertThat(
              new StoragePolicy(config)
                  .decide("GET", Fields.of("Cookie", "a=b"), 200, Fields.of("A", "b"), T0, T0))
          .isInstanceOf(Store.class);
    }

    @Test
    void aDefaultLifetimeMakesOfUseWhatSaysNothing() {
      assertThat(decide(Rules.DEFAULT.withDefaultTtl(5), "GET", "", 200, "Content-Type: a/b"))
          .isInstanceOf(Store.class);
      assertThat(decide(Rules.DEFAULT.withDefaultTtl(5), "GET", "", 500, "Content-Type: a/b"))
          .isEqualTo(new Refuse(Refusal.NO_FRESHNESS));
      assertThat(decide(Rules.DEFAULT.withWindows(9, 9), "GET", "", 200, "Content-Type: a/b"))
          .isEqualTo(new Refuse(Refusal.NO_FRESHNESS));
    }
  }

  @Nested
  @DisplayName("RFC 9111 §3.5 Authorization")
  class Authorization {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "Cache-Control: max-age=60 -> false",
          "Expires: @60 -> false",
          "Cache-Control: max-age=60, proxy-revalidate -> false",
          "Cache-Control: max-age=60, public=1 -> false",
          "Cache-Control: max-age=60, public -> true",
          "Cache-Control: max-age=60, must-revalidate -> true",
          "Cache-Control: s-maxage=60 -> true",
          "CDN-Cache-Control: max-age=60 | Cache-Control: public -> false",
          "CDN-Cache-Control: max-age=60, public -> true",
        })
    void needsAWordThatItMayBeShared(String response, boolean stored) {
      StorageDecision decision =
          decide(Rules.DEFAULT, "GET", "authorization: Basic YTpi", 200, response);
      assertThat(decision instanceof Store).isEqualTo(stored);
      assertThat(stored || decision.equals(new Refuse(Refusal.AUTHORIZATION))).isTrue();
    }

    @Test
    void cookiesInARequestAreNoReason() {
      assertThat(decide(Rules.DEFAULT, "GET", "Cookie: a=b", 200, FRESH)).isInstanceOf(Store.class);
    }
  }

  @Nested
  @DisplayName("RFC 9111 §5.2.1.5 no-store in a request")
  class RequestNoStore {
    @Test
    void countsIfClientsAreHeeded() {
      assertThat(
              decide(Rules.DEFAULT.heedingClients(), "GET", "Cache-Control: no-store", 200, FRESH))
          .isEqualTo(new Refuse(Refusal.REQUEST_NO_STORE));
      assertThat(decide(Rules.DEFAULT, "GET", "Cache-Control: no-store", 200, FRESH))
          .isInstanceOf(Store.class);
      assertThat(decide(Rules.DEFAULT.heedingClients(), "GET", "Cache-Control: x", 200, FRESH))
          .isInstanceOf(Store.class);
    }
  }

  @Nested
  @DisplayName("RFC 9111 §7.3, E04: Set-Cookie")
  class Cookies {
    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "Cache-Control: max-age=60 -> false -> true",
          "Expires: @60 -> false -> true",
          "Cache-Control: s-maxage=60 -> true -> true",
          "Cache-Control: public, max-age=60 -> true -> true",
          "CDN-Cache-Control: max-age=60 -> true -> true",
          "Cache-Control: public | Last-Modified: @-1000 -> false -> false",
          "Last-Modified: @-1000 -> false -> false",
          "ETag: \"a\" -> false -> false",
          "Cache-Control: max-age=60, no-cache=\"Set-Cookie\" -> true -> true",
        })
    void areStoredByTheRule(String response, boolean shared, boolean rfc) {
      String cookie = response + " | Set-Cookie: a=b";
      assertThat(decide(Rules.DEFAULT, "GET", "", 200, cookie) instanceof Store).isEqualTo(shared);
      assertThat(decide(Rules.DEFAULT.with(SetCookie.RFC), "GET", "", 200, cookie) instanceof Store)
          .isEqualTo(rfc);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set-cookie: a=b", "Set-Cookie2: a=b"})
    void areNeverStoredIfThatIsTheRule(String cookie) {
      Rules never = Rules.DEFAULT.with(SetCookie.NEVER);
      assertThat(decide(never, "GET", "", 200, "Cache-Control: s-maxage=60 | " + cookie))
          .isEqualTo(new Refuse(Refusal.SET_COOKIE));
      assertThat(decide(never, "GET", "", 200, FRESH)).isInstanceOf(Store.class);
    }

    @Test
    void areNotTakenFromWhereALifetimeIsOnlyOurs() {
      Rules rules = Rules.DEFAULT.with(SetCookie.RFC).withDefaultTtl(300);
      assertThat(decide(rules, "GET", "", 200, "Set-Cookie: a=b"))
          .isEqualTo(new Refuse(Refusal.SET_COOKIE));
    }
  }

  @Nested
  @DisplayName("RFC 9110 §12.5.5 Vary: *")
  class Vary {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "Vary: *",
          "Vary: *, *",
          "Vary: , *",
          "Vary: Accept, *",
          "Vary: *,Accept",
          "Vary: Accept | Vary: *",
          "Vary: * | Vary: Accept",
          "Vary:\t*\t",
        })
    void isNobodyElses(String vary) {
      assertThat(decide(200, FRESH + " | " + vary)).isEqualTo(new Refuse(Refusal.VARY_STAR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vary: Accept*", "Vary:", "Vary: ,", "Vary: **"})
    void isMeantByNothingElse(String vary) {
      assertThat(decide(200, FRESH + " | " + vary)).isInstanceOf(Store.class);
    }
  }

  @Nested
  @DisplayName("size")
  class Size {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
      "0, true",
      "1048576, true",
      "1048577, false",
      "99999999999999999999, false",
      "x, false"
    })
    void isKnownFromContentLength(String length, boolean stored) {
      assertThat(decide(200, FRESH + " | Content-Length: " + length) instanceof Store)
          .isEqualTo(stored);
    }
  }

  @Nested
  @DisplayName("RFC 9111 §3.1 stored fields")
  class Kept {
    @Test
    void areAllThatAreNotForOneConnection() {
      List<String> dropped = new ArrayList<>();
      for (String name :
          List.of(
              "Connection",
              "Keep-Alive",
              "Proxy-Connection",
              "Proxy-Authenticate",
              "Proxy-Authentication-Info",
              "Proxy-Authorization",
              "TE",
              "Trailer",
              "Transfer-Encoding",
              "Upgrade",
              "Age")) {
        dropped.add(name + ": 1");
      }
      String kept =
          "Cache-Control: max-age=60 | Date: @-1 | X-Unknown: a | X-Unknown: b"
              + " | Content-Encoding: odd | Content-Range: bytes 0-1/9 | Content-Length: 3"
              + " | Pragma: x | Warning: y | CDN-Cache-Control: & | Content-Location: /z";
      Store store = store(kept + " | " + String.join(" | ", dropped));
      assertThat(store.fields()).isEqualTo(fields(kept));
    }

    @Test
    void areNotThoseThatConnectionNames() {
      Store store = store(FRESH + " | Date: @0 | a: 1 | B: 2 | C: 3 | Connection: A, close, b");
      assertThat(store.fields()).isEqualTo(fields(FRESH + " | Date: @0 | C: 3"));
    }

    @Test
    void areNotThoseThatAreWithheld() {
      Store store =
          store(
              "Cache-Control: max-age=60, private=\"a, b\", no-cache=\"SET-COOKIE\""
                  + " | A: 1 | B: 2 | C: 3 | Set-Cookie: x=y | Date: @0");
      assertThat(store.fields().has("A")).isFalse();
      assertThat(store.fields().has("B")).isFalse();
      assertThat(store.fields().has("Set-Cookie")).isFalse();
      assertThat(store.fields().has("C")).isTrue();
    }

    @Test
    void haveADate() {
      assertThat(store(FRESH).fields().first("Date")).hasValue("Mon, 23 Nov 2026 12:00:00 GMT");
      assertThat(store(FRESH + " | Date: odd").fields().first("Date")).hasValue("odd");
    }

    @Test
    void haveNoTags() {
      Store store = store(FRESH + " | Date: @0 | surrogate-key: a b | Cache-Tag: c | X: d");
      assertThat(store.fields()).isEqualTo(fields(FRESH + " | Date: @0 | X: d"));
      assertThat(store.tags()).isEqualTo(fields("surrogate-key: a b | Cache-Tag: c"));
    }

    @Test
    void comeWithTheirFreshness() {
      Freshness freshness = store(FRESH + " | Age: 5").freshness();
      assertThat(freshness.lifetime()).hasSeconds(60);
      assertThat(freshness.initialAge()).hasSeconds(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachRefusalHasAWord(Refusal refusal) {
    assertThat(refusal.word()).matches("[a-z-]+");
  }

  private static Store store(String response) {
    return (Store) decide(200, response);
  }

  private static StorageDecision decide(int status, String response) {
    return decide(Rules.DEFAULT, "GET", "", status, response);
  }

  private static StorageDecision decide(
      Rules rules, String method, String request, int status, String response) {
    Fields asked = fields(request);
    return new StoragePolicy(rules.config())
        .decide(method, asked, status, fields(response), T0, T0);
  }
}
