package dev.gatehouse.cache;

import static dev.gatehouse.cache.Responses.T0;
import static dev.gatehouse.cache.Responses.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.CacheDecision.FromStore;
import dev.gatehouse.cache.CacheDecision.Hit;
import dev.gatehouse.cache.CacheDecision.Miss;
import dev.gatehouse.cache.CacheDecision.Revalidate;
import dev.gatehouse.cache.CacheDecision.StaleHit;
import dev.gatehouse.cache.CacheDecision.Unsatisfiable;
import dev.gatehouse.http.Fields;
import dev.gatehouse.testkit.Garbage;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions in short: {@code Hit 5}, {@code Stale 5}, {@code Stale 5 refresh}, {@code Ask why}. */
class CachePolicyTest {
  @Nested
  @DisplayName("RFC 9111 §4 without a client's directives")
  class Plain {
    @ParameterizedTest(name = "{0} after {1} s -> {2}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "max-age=60 -> 0 -> Hit 0",
          "max-age=60 -> 59 -> Hit 59",
          "max-age=60 -> 60 -> Ask STALE",
          "max-age=0 -> 0 -> Ask STALE",
          "no-cache, max-age=60 -> 1 -> Ask STALE",
          "no-cache=\"x\", max-age=60 -> 1 -> Hit 1",
          "max-age=60, must-revalidate -> 59 -> Hit 59",
          "max-age=60, must-revalidate -> 60 -> Ask STALE",
          // RFC 5861 §3
          "max-age=60, stale-while-revalidate=10 -> 59 -> Hit 59",
          "max-age=60, stale-while-revalidate=10 -> 60 -> Stale 60 refresh",
          "max-age=60, stale-while-revalidate=10 -> 70 -> Stale 70 refresh",
          "max-age=60, stale-while-revalidate=10 -> 71 -> Ask STALE",
          "max-age=60, stale-while-revalidate=10, must-revalidate -> 61 -> Ask STALE",
          "max-age=60, stale-while-revalidate=10, proxy-revalidate -> 61 -> Ask STALE",
          "s-maxage=60, stale-while-revalidate=10 -> 61 -> Ask STALE",
          "no-cache, stale-while-revalidate=10 -> 1 -> Ask STALE",
          "max-age=60, stale-if-error=10 -> 61 -> Ask STALE",
        })
    void whatIsStoredIsUsedWhileItIsYoungerThanItsLifetime(
        String control, long seconds, String expected) {
      assertThat(decide(Rules.DEFAULT, "", control, seconds)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Cache-Control: no-cache",
          "Cache-Control: max-age=0",
          "Cache-Control: no-store",
          "Cache-Control: min-fresh=999",
          "Pragma: no-cache",
        })
    void clientsDoNotAskPastTheCacheByDefault(String request) {
      assertThat(decide(Rules.DEFAULT, request, "max-age=60", 5)).isEqualTo("Hit 5");
    }

    @Test
    void norKeepItFromAsking() {
      assertThat(decide(Rules.DEFAULT, "Cache-Control: only-if-cached", "max-age=1", 5))
          .isEqualTo("Ask STALE");
      assertThat(decide(Rules.DEFAULT, "Cache-Control: max-stale", "max-age=1", 5))
          .isEqualTo("Ask STALE");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsMissed(Forward why) {
      CacheDecision decision =
          new CachePolicy(Rules.DEFAULT.rules()).decide(Fields.NONE, Optional.empty(), why, T0);
      assertThat(decision).isEqualTo(new Miss(why));
      assertThat(why.word()).matches("[a-z-]+");
    }

    @Test
    void ageIsCountedOn() {
      StoredResponse stored = stored("max-age=60", 200, " | Age: 20");
      CacheDecision decision =
          new CachePolicy(Rules.DEFAULT.rules())
              .decide(Fields.NONE, Optional.of(stored), Forward.MISS, T0.plusMillis(5_900));
      assertThat(decision).isEqualTo(new Hit(stored, 25));
    }
  }

  @Nested
  @DisplayName("RFC 9111 §5.2.1 request directives")
  class Directives {
    @ParameterizedTest(name = "{0}: {1} after {2} s -> {3}")
    @CsvSource(
        delimiterString = "->",
        value = {
          // §5.2.1.1
          "max-age=0 -> max-age=60 -> 1 -> Ask REQUEST",
          "max-age=5 -> max-age=60 -> 5 -> Hit 5",
          "max-age=5 -> max-age=60 -> 6 -> Ask REQUEST",
          "max-age=x -> max-age=60 -> 6 -> Ask REQUEST",
          "max-age=99 -> max-age=60 -> 60 -> Ask STALE",
          "max-age=99 -> max-age=60, stale-while-revalidate=9 -> 61 -> Ask STALE",
          "max-age=5, max-stale=3 -> max-age=60 -> 8 -> Hit 8",
          "max-age=5, max-stale=3 -> max-age=60 -> 9 -> Ask REQUEST",
          "max-age=99, max-stale=9 -> max-age=60, stale-while-revalidate=9 -> 61 -> Stale 61 refresh",
          // RFC 8246 §2
          "max-age=0 -> max-age=60, immutable -> 6 -> Hit 6",
          "no-cache -> max-age=60, immutable -> 6 -> Ask REQUEST",
          "max-age=0 -> max-age=60, immutable -> 60 -> Ask STALE",
          // §5.2.1.2
          "max-stale -> max-age=60 -> 99999 -> Stale 99999",
          "max-stale=5 -> max-age=60 -> 65 -> Stale 65",
          "max-stale=5 -> max-age=60 -> 66 -> Ask STALE",
          "max-stale=5 -> max-age=60 -> 6 -> Hit 6",
          "max-stale=x -> max-age=60 -> 60 -> Ask STALE",
          "max-stale -> max-age=60, must-revalidate -> 61 -> Ask STALE",
          "max-stale -> max-age=60, proxy-revalidate -> 61 -> Ask STALE",
          "max-stale -> s-maxage=60 -> 61 -> Ask STALE",
          "max-stale -> no-cache -> 1 -> Ask STALE",
          // §5.2.1.3
          "min-fresh=10 -> max-age=60 -> 50 -> Hit 50",
          "min-fresh=10 -> max-age=60 -> 51 -> Ask REQUEST",
          "min-fresh=10, max-stale -> max-age=60 -> 61 -> Ask STALE",
          "min-fresh=1 -> max-age=60, stale-while-revalidate=9 -> 61 -> Ask STALE",
          // §5.2.1.4
          "no-cache -> max-age=60 -> 1 -> Ask REQUEST",
          "no-cache=\"x\" -> max-age=60 -> 1 -> Hit 1",
          "No-Cache, max-stale -> max-age=60 -> 99 -> Ask REQUEST",
          // §5.2.1.5
          "no-store -> max-age=60 -> 1 -> Miss REQUEST",
          // §5.2.1.7
          "only-if-cached -> max-age=60 -> 1 -> Hit 1",
          "only-if-cached -> max-age=60 -> 60 -> Unsatisfiable",
          "only-if-cached, max-stale -> max-age=60 -> 60 -> Stale 60",
          "only-if-cached, no-cache -> max-age=60 -> 1 -> Unsatisfiable",
          "only-if-cached, no-store -> max-age=60 -> 1 -> Unsatisfiable",
          "only-if-cached -> max-age=60, stale-while-revalidate=9 -> 61 -> Stale 61 refresh",
          // others
          "no-transform, foo -> max-age=60 -> 1 -> Hit 1",
        })
    void count(String request, String control, long seconds, String expected) {
      assertThat(
              decide(Rules.DEFAULT.heedingClients(), "Cache-Control: " + request, control, seconds))
          .isEqualTo(expected);
    }

    @Test
    void onlyIfCachedIsUnsatisfiableWithNothingStored() {
      CacheDecision decision =
          new CachePolicy(Rules.DEFAULT.heedingClients().rules())
              .decide(
                  fields("Cache-Control: only-if-cached"), Optional.empty(), Forward.URI_MISS, T0);
      assertThat(decision).isEqualTo(new Unsatisfiable());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "Pragma: no-cache -> Ask REQUEST",
          "Pragma: foo, No-Cache -> Ask REQUEST",
          "Pragma: foo -> Hit 1",
          "Pragma: max-age=0 -> Hit 1",
          "Pragma: no-store -> Hit 1",
          "Pragma: no-cache | Cache-Control: max-age=9 -> Hit 1",
          "Pragma: no-cache | Cache-Control: -> Hit 1",
          "Accept: */* -> Hit 1",
        })
    @DisplayName("§5.4")
    void pragmaCountsOnlyWithoutCacheControl(String request, String expected) {
      assertThat(decide(Rules.DEFAULT.heedingClients(), request, "max-age=60", 1))
          .isEqualTo(expected);
    }
  }

  @Nested
  @DisplayName("RFC 9111 §4.2.4, §4.3.3 when the origin fails")
  class Failures {
    @ParameterizedTest(name = "{0} after {1} s -> {2}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "max-age=1 -> 2 -> Stale 2",
          "max-age=1 -> 999999 -> Stale 999999",
          "max-age=0 -> 5 -> Stale 5",
          "max-age=60 -> 5 -> Hit 5",
          "max-age=60, must-revalidate -> 5 -> Hit 5",
          "max-age=1, must-revalidate -> 2 -> none",
          "max-age=1, proxy-revalidate -> 2 -> none",
          "s-maxage=1 -> 2 -> none",
          "no-cache -> 2 -> none",
          "no-cache, stale-if-error=60 -> 2 -> none",
          "max-age=1, stale-if-error=10 -> 11 -> Stale 11",
          "max-age=1, stale-if-error=10 -> 12 -> none",
          "max-age=1, stale-if-error=0 -> 2 -> none",
          "max-age=1, stale-if-error=10, must-revalidate -> 2 -> none",
        })
    void whatIsStoredStandsInForAnOriginThatCannotBeReached(
        String control, long seconds, String expected) {
      assertThat(onFailure(Rules.DEFAULT, "", control, 200, Failure.UNREACHABLE, seconds))
          .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} after {1} s -> {2}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "max-age=1 -> 2 -> none",
          "max-age=60 -> 5 -> Hit 5",
          "max-age=1, stale-if-error=10 -> 11 -> Stale 11",
          "max-age=1, stale-if-error=10 -> 12 -> none",
          "max-age=1, stale-if-error=10, must-revalidate -> 2 -> none",
          "max-age=1, stale-if-error=10, proxy-revalidate -> 2 -> none",
          "s-maxage=1, stale-if-error=10 -> 2 -> none",
          "max-age=1, stale-while-revalidate=10 -> 2 -> none",
        })
    @DisplayName("RFC 5861 §4")
    void itStandsInForAnErrorOnlyWithinItsWindow(String control, long seconds, String expected) {
      assertThat(onFailure(Rules.DEFAULT, "", control, 200, Failure.SERVER_ERROR, seconds))
          .isEqualTo(expected);
    }

    @Test
    void theWindowMayBeConfigured() {
      Rules rules = Rules.DEFAULT.withWindows(0, 10);
      assertThat(onFailure(rules, "", "max-age=1", 200, Failure.SERVER_ERROR, 11))
          .isEqualTo("Stale 11");
      assertThat(onFailure(rules, "", "max-age=1", 200, Failure.SERVER_ERROR, 12))
          .isEqualTo("none");
      assertThat(onFailure(rules, "", "max-age=1", 200, Failure.UNREACHABLE, 12)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599})
    void anOldErrorGivesWayToANewOne(int status) {
      for (Failure failure : Failure.values()) {
        assertThat(onFailure(Rules.DEFAULT, "", "max-age=1, stale-if-error=60", status, failure, 2))
            .isEqualTo("none");
      }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiterString = "->",
        value = {
          "no-cache -> none",
          "no-store -> none",
          "max-age=0 -> Stale 5",
          "stale-if-error=4 -> Stale 5",
          "stale-if-error=3 -> none",
        })
    void aClientMaySayMore(String request, String expected) {
      Rules rules = Rules.DEFAULT.heedingClients();
      String asked = "Cache-Control: " + request;
      assertThat(onFailure(rules, asked, "max-age=1", 200, Failure.UNREACHABLE, 5))
          .isEqualTo(expected);
      assertThat(onFailure(Rules.DEFAULT, asked, "max-age=1", 200, Failure.UNREACHABLE, 5))
          .isEqualTo("Stale 5");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void fourStatusesAreFailures(int status) {
      assertThat(Failure.of(status)).hasValue(Failure.SERVER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 304, 404, 412, 429, 501, 505, 599})
    void othersAreAnswers(int status) {
      assertThat(Failure.of(status)).isEmpty();
    }
  }

  @Test
  void whateverIsSaidWhatMayNotBeUsedIsNotUsed() {
    var random = new SplittableRandom(20_261_123);
    String[] answers = {
      "max-age=9",
      "s-maxage=5",
      "must-revalidate",
      "proxy-revalidate",
      "no-cache",
      "public",
      "stale-if-error=7",
      "stale-while-revalidate=7",
      "immutable",
      "foo=\"no-cache\""
    };
    String[] wishes = {
      "max-age=3",
      "max-stale",
      "max-stale=4",
      "min-fresh=2",
      "no-cache",
      "no-store",
      "only-if-cached",
      "stale-if-error=9",
      "foo"
    };
    int stale = 0;
    for (int round = 0; round < 50_000; round++) {
      Rules rules =
          Rules.DEFAULT.heedingClients().withWindows(random.nextInt(9), random.nextInt(9));
      String control = Garbage.oneOf(random, answers) + ", " + Garbage.oneOf(random, answers);
      String wish = Garbage.oneOf(random, wishes) + ", " + Garbage.oneOf(random, wishes);
      StoredResponse stored = stored(rules, control, 200, "");
      Instant now = after(random.nextInt(20));
      Fields request = fields("Cache-Control: " + wish);
      CachePolicy policy = new CachePolicy(rules.rules());

      CacheDecision decision = policy.decide(request, Optional.of(stored), Forward.MISS, now);
      Optional<FromStore> instead = policy.onFailure(request, stored, Failure.UNREACHABLE, now);

      String both = control + " / " + wish;
      boolean fresh = stored.freshness().isFreshAt(now);
      assertThat(decision instanceof Hit && !fresh).as(both).isFalse();
      assertThat(decision instanceof StaleHit && fresh).as(both).isFalse();
      boolean forbidden =
          control.matches(".*(s-maxage|must-revalidate|proxy-revalidate).*")
              || control.matches("(.*, )?no-cache(, .*)?")
              || wish.matches(".*no-(cache|store).*");
      if (forbidden) {
        assertThat(decision).as(both).isNotInstanceOf(StaleHit.class);
        assertThat(instead.filter(StaleHit.class::isInstance)).as(both).isEmpty();
      }
      if (wish.contains("only-if-cached")) {
        assertThat(decision instanceof FromStore || decision instanceof Unsatisfiable).isTrue();
      }
      stale += decision instanceof StaleHit ? 1 : 0;
      assertThat(!(decision instanceof StaleHit late) || late.ttl() < 0).as(both).isTrue();
    }
    assertThat(stale).isGreaterThan(1000);
  }

  private static String decide(Rules rules, String request, String control, long seconds) {
    return words(
        new CachePolicy(rules.rules())
            .decide(
                fields(request),
                Optional.of(stored(rules, control, 200, "")),
                Forward.MISS,
                after(seconds)));
  }

  private static String onFailure(
      Rules rules, String request, String control, int status, Failure failure, long seconds) {
    Optional<FromStore> decision =
        new CachePolicy(rules.rules())
            .onFailure(
                fields(request), stored(rules, control, status, ""), failure, after(seconds));
    return decision.map(CachePolicyTest::words).orElse("none");
  }

  private static String words(CacheDecision decision) {
    if (decision instanceof Hit hit) {
      return "Hit " + hit.age();
    }
    if (decision instanceof StaleHit hit) {
      return "Stale " + hit.age() + (hit.refresh() ? " refresh" : "");
    }
    if (decision instanceof Revalidate ask) {
      return "Ask " + ask.reason();
    }
    return decision instanceof Miss miss ? "Miss " + miss.reason() : "Unsatisfiable";
  }

  private static Instant after(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private static StoredResponse stored(String control, int status, String more) {
    return stored(Rules.DEFAULT, control, status, more);
  }

  private static StoredResponse stored(Rules rules, String control, int status, String more) {
    Fields fields = fields("Date: @0 | ETag: \"a\" | Cache-Control: " + control + more);
    ResponseDirectives directives = ResponseDirectives.of(fields, rules.rules().targetedHeaders());
    Freshness freshness = new FreshnessPolicy(rules.rules()).of(status, fields, directives, T0, T0);
    return new StoredResponse(status, fields, new byte[0], freshness, T0);
  }
}
