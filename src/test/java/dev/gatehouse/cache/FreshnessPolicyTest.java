package dev.gatehouse.cache;

import static dev.gatehouse.cache.Responses.T0;
import static dev.gatehouse.cache.Responses.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessPolicyTest {
  private static final Rules UNBOUNDED = Rules.DEFAULT.withMaxTtl(0);

  @Nested
  @DisplayName("RFC 9111 §4.2.1 lifetime")
  class Lifetime {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          // the first that is stated
          "Cache-Control: max-age=60 -> 60",
          "Cache-Control: s-maxage=30, max-age=60 -> 30",
          "Cache-Control: max-age=60, s-maxage=30 -> 30",
          "Cache-Control: max-age=1 | Cache-Control: s-maxage=30 -> 30",
          "Cache-Control: max-age=60 | Expires: @-99 -> 60",
          "Cache-Control: max-age=60 | Expires: @99 -> 60",
          "Cache-Control: max-age=60 | Expires: 0 -> 60",
          "Expires: 0 | Cache-Control: s-maxage=60 -> 60",
          "Cache-Control: max-age=0 | Expires: @99 -> 0",
          "Cache-Control: foo, MAX-AGE=60 -> 60",
          "Cache-Control: max-age=99999999999 -> 2147483648",
          "Cache-Control: max-age=-1 | Expires: @99 -> 0",
          "Cache-Control: max-age='3600' -> 0",
          "Cache-Control: max-age=3600.0 | Last-Modified: @-9999 -> 0",
          "CDN-Cache-Control: max-age=60 | Cache-Control: s-maxage=5 | Expires: 0 -> 60",
          "CDN-Cache-Control: max-age=60, s-maxage=5 -> 5",
          "CDN-Cache-Control: foo | Cache-Control: max-age=60 | Expires: @60 -> 0",
          // Expires, less Date (§5.3)
          "Date: @0 | Expires: @60 -> 60",
          "Date: @0 | Expires: @0 -> 0",
          "Date: @0 | Expires: @-60 -> 0",
          "Date: @500 | Expires: @500 -> 0",
          "Date: @500 | Expires: @400 -> 0",
          "Date: @500 | Expires: @560 -> 60",
          "Date: @-500 | Expires: @-440 -> 60",
          "Expires: @60 -> 60",
          "Date: yesterday | Expires: @60 -> 60",
          "Date: @5 | Date: @5 | Expires: @60 -> 60",
          "Date: @0 | Expires: 0 -> 0",
          "Date: @0 | Expires: -1 -> 0",
          "Date: @0 | Expires: -> 0",
          "Date: @0 | Expires: Thu, 18 Aug 2050 02:01:18 UTC -> 0",
          "Date: @0 | Expires: @60 | Expires: @60 -> 0",
          "Date: @0 | Expires: 0 | Last-Modified: @-9999 -> 0",
          "Pragma: no-cache | Cache-Control: max-age=5 -> 5",
        })
    void isTheFirstThatIsStated(String response, long seconds) {
      assertThat(of(UNBOUNDED, 200, response).lifetime()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "Cache-Control: max-age=99999999999 -> 86400",
          "Cache-Control: max-age=86400 -> 86400",
          "Cache-Control: max-age=86400 | Age: 100 -> 86400",
          "Cache-Control: max-age=999999 | Age: 100 -> 86500",
          "Cache-Control: max-age=999999 | Age: 1000000 -> 999999",
        })
    void isBoundedFromWhenTheResponseCame(String response, long seconds) {
      assertThat(of(Rules.DEFAULT, 200, response).lifetime())
          .isEqualTo(Duration.ofSeconds(seconds));
    }
  }

  @Nested
  @DisplayName("RFC 9111 §4.2.2 heuristic freshness")
  class Heuristics {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "Date: @0 | Last-Modified: @-1000 -> 100",
          "Last-Modified: @-1000 -> 100",
          "Date: @100 | Last-Modified: @-900 -> 100",
          "Date: @0 | Last-Modified: @-99999999 -> 86400",
          "Date: @0 | Last-Modified: @0 -> 0",
          "Date: @0 | Last-Modified: @100 -> 0",
          "Date: @0 | Last-Modified: never -> 0",
          "Date: @0 | ETag: \"a\" -> 0",
          "Date: @0 | Cache-Control: public | ETag: \"a\" -> 0",
          "Date: @0 | Last-Modified: @-1000 | Cache-Control: foo -> 100",
          "CDN-Cache-Control: foo | Expires: @5 | Last-Modified: @-1000 -> 100",
        })
    void isATenthOfTheTimeWithoutChange(String response, long seconds) {
      assertThat(of(UNBOUNDED, 200, response).lifetime()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501})
    void isForTheStatusesThatRfc9110Names(int status) {
      assertThat(of(UNBOUNDED, status, "Last-Modified: @-1000").lifetime()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 302, 303, 307, 400, 403, 416, 429, 499, 500, 502, 503, 504, 599})
    void isForOthersOnlyIfPublic(int status) {
      assertThat(of(UNBOUNDED, status, "Last-Modified: @-1000").lifetime()).isZero();
      assertThat(of(UNBOUNDED, status, "Last-Modified: @-1000 | Cache-Control: public").lifetime())
          .isEqualTo(Duration.ofSeconds(100));
    }
  }

  @Nested
  @DisplayName("cache.defaultTtl")
  class DefaultTtl {
    private final Rules rules = Rules.DEFAULT.withDefaultTtl(300);

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "Date: @0 -> 300",
          "ETag: \"a\" -> 300",
          "Last-Modified: never -> 300",
          "Last-Modified: @-1000 -> 100",
          "Cache-Control: max-age=0 -> 0",
          "Cache-Control: max-age=x -> 0",
          "Expires: 0 -> 0",
          "Cache-Control: must-revalidate -> 300",
        })
    void countsWhereTheOriginIsSilent(String response, long seconds) {
      assertThat(of(rules, 200, response).lifetime()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void isForStatusesThatMayBeKeptUnasked() {
      assertThat(of(rules, 404, "").lifetime()).isPositive();
      assertThat(of(rules, 302, "").lifetime()).isZero();
      assertThat(of(rules, 500, "").lifetime()).isZero();
    }

    @Test
    void doesNotUndoNoCache() {
      Freshness freshness = of(rules, 200, "Cache-Control: no-cache");
      assertThat(freshness.isFreshAt(T0)).isFalse();
    }
  }

  @Nested
  @DisplayName("RFC 9111 §4.2.3 age")
  class Ages {
    @ParameterizedTest(name = "{0}, {1} s on the way -> {2}")
    @CsvSource(
        delimiterString = ",,",
        value = {
          "Date: @0 ,, 0 ,, 0",
          "Date: @-30 ,, 0 ,, 30",
          "Date: @30 ,, 0 ,, 0",
          "Date: @0 | Age: 20 ,, 0 ,, 20",
          "Date: @-30 | Age: 20 ,, 0 ,, 30",
          "Date: @-30 | Age: 40 ,, 0 ,, 40",
          "Date: @-30 | Age: 28 ,, 5 ,, 33",
          "Date: @0 ,, 5 ,, 5",
          "Age: 7 ,, 0 ,, 7",
          "Date: never | Age: 7 ,, 0 ,, 7",
          "Age: 7, 9 ,, 0 ,, 7",
          "Age: 7 | Age: 9 ,, 0 ,, 7",
          "Age: x ,, 0 ,, 0",
          "Age: -7 ,, 0 ,, 0",
          "Date: @0 ,, -5 ,, 0",
        })
    void isTheLargerOfTwo(String response, long delay, long seconds) {
      Fields fields = fields(response);
      Freshness freshness =
          new FreshnessPolicy(UNBOUNDED.rules())
              .of(200, fields, directives(fields), T0.minusSeconds(delay), T0);
      assertThat(freshness.initialAge()).isEqualTo(Duration.ofSeconds(seconds));
      assertThat(freshness.receivedAt()).isEqualTo(T0);
    }

    @ParameterizedTest(name = "{0}: fresh for {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "Cache-Control: max-age=60 | Age: 59 -> 1",
          "Cache-Control: max-age=60 | Age: 60 -> 0",
          "Cache-Control: max-age=60 | Age: 61 -> 0",
          "Cache-Control: max-age=60 | Date: @-50 -> 10",
          "Date: @0 | Expires: @60 | Age: 20 -> 40",
          "Date: @-100 | Expires: @-40 | Age: 20 -> 0",
          "Date: @100 | Expires: @160 | Age: 20 -> 40",
          "Cache-Control: max-age=60 | Age: 99999999999999999999 -> 0",
        })
    void countsAgainstTheLifetime(String response, long left) {
      Freshness freshness = of(UNBOUNDED, 200, response);
      assertThat(freshness.isFreshAt(T0.plusSeconds(left))).isFalse();
      assertThat(freshness.isFreshAt(T0.plusSeconds(left).minusMillis(1))).isEqualTo(left > 0);
    }

    @Test
    void neverOverflows() {
      Freshness freshness =
          of(UNBOUNDED, 200, "Age: 99999999999999999999 | Date: Mon, 01 Jan 0001 00:00:00 GMT");
      assertThat(freshness.ageAt(T0.plusSeconds(1L << 40))).isPositive();
    }
  }

  @Nested
  @DisplayName("RFC 9111 §4.2.4, RFC 5861 stale use")
  class Stale {
    @ParameterizedTest(name = "{0} -> {1} {2} {3}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "max-age=1 -> 7 -> 9 -> false",
          "max-age=1, stale-while-revalidate=20 -> 20 -> 9 -> false",
          "max-age=1, stale-while-revalidate=0 -> 0 -> 9 -> false",
          "max-age=1, stale-while-revalidate=x -> 0 -> 9 -> false",
          "max-age=1, stale-if-error=20 -> 7 -> 20 -> false",
          "max-age=1, stale-if-error=0 -> 7 -> 0 -> true",
          "max-age=0 -> 0 -> 9 -> false",
          "max-age=0, stale-while-revalidate=5 -> 5 -> 9 -> false",
          "max-age=1, must-revalidate -> 0 -> 0 -> true",
          "max-age=1, must-revalidate, stale-if-error=5, stale-while-revalidate=5 -> 0 -> 0 -> true",
          "max-age=1, proxy-revalidate -> 0 -> 0 -> true",
          "s-maxage=1, stale-if-error=5 -> 0 -> 0 -> true",
          "no-cache -> 0 -> 0 -> true",
        })
    void hasWindowsUnlessItIsForbidden(
        String control, long whileRevalidate, long ifError, boolean forbidden) {
      Freshness freshness = of(Rules.DEFAULT.withWindows(7, 9), 200, "Cache-Control: " + control);
      assertThat(freshness.staleWhileRevalidate()).isEqualTo(Duration.ofSeconds(whileRevalidate));
      assertThat(freshness.staleIfError()).isEqualTo(Duration.ofSeconds(ifError));
      assertThat(freshness.forbidsStale()).isEqualTo(forbidden);
    }

    @Test
    void ofWhatIsSilentHasNoSupposedWindow() {
      assertThat(of(Rules.DEFAULT.withWindows(7, 9), 200, "ETag: \"a\"").staleWhileRevalidate())
          .isZero();
    }

    @Test
    void byDefaultHasNone() {
      Freshness freshness = of(Rules.DEFAULT, 200, "Cache-Control: max-age=1");
      assertThat(freshness.staleWhileRevalidate()).isZero();
      assertThat(freshness.staleIfError()).isZero();
      assertThat(freshness.forbidsStale()).isFalse();
    }
  }

  @Nested
  @DisplayName("RFC 9111 §5.2.2.4 no-cache")
  class NoCache {
    @Test
    void isNeverFresh() {
      Freshness freshness = of(Rules.DEFAULT, 200, "Cache-Control: No-Cache, max-age=60");
      assertThat(freshness.alwaysValidate()).isTrue();
      assertThat(freshness.isFreshAt(T0)).isFalse();
    }

    @Test
    void forSomeFieldsLeavesTheRestFresh() {
      assertThat(of(Rules.DEFAULT, 200, "Cache-Control: no-cache=\"x\", max-age=60").isFreshAt(T0))
          .isTrue();
    }
  }

  private static Freshness of(Rules rules, int status, String response) {
    Fields fields = fields(response);
    return new FreshnessPolicy(rules.rules()).of(status, fields, directives(fields), T0, T0);
  }

  private static ResponseDirectives directives(Fields fields) {
    return ResponseDirectives.of(fields, Rules.DEFAULT.rules().targetedHeaders());
  }
}
