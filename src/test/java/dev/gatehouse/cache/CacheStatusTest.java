package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheStatusTest {
  @Nested
  @DisplayName("RFC 9211 §2 the member")
  class Member {
    @Test
    @DisplayName("§2.1 hit")
    void ofAHit() {
      assertThat(CacheStatus.hit().member()).isEqualTo("gatehouse; hit");
      assertThat(CacheStatus.hit().withTtl(376).member()).isEqualTo("gatehouse; hit; ttl=376");
    }

    @Test
    @DisplayName("§2 neither hit nor fwd")
    void ofWhatWasAnsweredByNobody() {
      assertThat(CacheStatus.unsatisfied().withDetail("only-if-cached").member())
          .isEqualTo("gatehouse; detail=only-if-cached");
      assertThat(CacheStatus.unsatisfied().word()).isEqualTo("MISS");
    }

    @ParameterizedTest
    @CsvSource({
      "BYPASS, bypass",
      "METHOD, method",
      "URI_MISS, uri-miss",
      "VARY_MISS, vary-miss",
      "MISS, miss",
      "REQUEST, request",
      "STALE, stale",
      "PARTIAL, partial",
    })
    @DisplayName("§2.2 fwd")
    void ofWhatWentOn(Forward reason, String token) {
      assertThat(CacheStatus.forwarded(reason).member()).isEqualTo("gatehouse; fwd=" + token);
    }

    @Test
    @DisplayName("§2.3 to §2.6")
    void hasAllItsParameters() {
      CacheStatus status =
          CacheStatus.forwarded(Forward.STALE)
              .withForwardStatus(304)
              .withTtl(60)
              .withStored()
              .withCollapsed()
              .withKey("k")
              .withDetail("d");
      assertThat(status.member())
          .isEqualTo(
              "gatehouse; fwd=stale; fwd-status=304; ttl=60; stored; collapsed; key=\"k\"; detail=d");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
      "0, 0",
      "-412, -412",
      "999999999999999, 999999999999999",
      "1000000000000000, 999999999999999",
      "9223372036854775807, 999999999999999",
      "-9223372036854775808, -999999999999999",
    })
    @DisplayName("§2.4 ttl may be negative; RFC 8941 §3.3.1: 15 digits")
    void hasAnInteger(long ttl, String expected) {
      assertThat(CacheStatus.hit().withTtl(ttl).member())
          .isEqualTo("gatehouse; hit; ttl=" + expected);
    }

    @Test
    @DisplayName("§2.3 fwd-status is of what went on only")
    void ofAHitHasNoForwardStatus() {
      assertThat(CacheStatus.hit().withForwardStatus(200).member()).isEqualTo("gatehouse; hit");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiter = '>',
        quoteCharacter = '`',
        value = {
          "5:https1:h2:/a > \"5:https1:h2:/a\"",
          "a\"b\\c > \"a\\\"b\\\\c\"",
          "a\u00e9\u20ac\tb > \"a???b\"",
          "\u007f~ > \"?~\"",
        })
    @DisplayName("§2.7 key is a string")
    void quotesTheKey(String key, String expected) {
      assertThat(CacheStatus.hit().withKey(key).member())
          .isEqualTo("gatehouse; hit; key=" + expected);
    }

    @Test
    void neverEndsTheLine() {
      assertThat(CacheStatus.hit().withKey("a\r\nb").withDetail("c\nd").member())
          .isEqualTo("gatehouse; hit; key=\"a??b\"; detail=\"c?d\"");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiter = '>',
        quoteCharacter = '`',
        value = {
          "no-store > no-store",
          "NO_STORE > NO_STORE",
          "*x > *x",
          "too large > \"too large\"",
          "1st > \"1st\"",
          "-x > \"-x\"",
          "[x > \"[x\"",
          "{x > \"{x\"",
          "^x > \"^x\"",
          "a, hit > \"a, hit\"",
          "x;hit > \"x;hit\"",
        })
    @DisplayName("§2.8 detail is a token or a string")
    void quotesADetailIfNeeded(String detail, String expected) {
      assertThat(CacheStatus.hit().withDetail(detail).member())
          .isEqualTo("gatehouse; hit; detail=" + expected);
    }
  }

  @Nested
  @DisplayName("RFC 9211 §2 the list")
  class Whole {
    private final CacheStatus hit = CacheStatus.hit();

    @Test
    void hasThoseNearerToTheOriginFirst() {
      assertThat(hit.after(List.of())).isEqualTo("gatehouse; hit");
      assertThat(hit.after(List.of("A; hit"))).isEqualTo("A; hit, gatehouse; hit");
      assertThat(hit.after(List.of("A; fwd=miss, \"B, b\"; hit", "C")))
          .isEqualTo("A; fwd=miss, \"B, b\"; hit, C, gatehouse; hit");
    }

    @Test
    void hasNoEmptyMember() {
      assertThat(hit.after(List.of("", "A; hit"))).isEqualTo("A; hit, gatehouse; hit");
    }
  }

  @Nested
  @DisplayName("X-Cache")
  class Word {
    @ParameterizedTest(name = "hit with ttl {0} -> {1}")
    @CsvSource({"10, HIT", "0, HIT", "-1, STALE"})
    void ofAHit(long ttl, String word) {
      assertThat(CacheStatus.hit().withTtl(ttl).word()).isEqualTo(word);
      assertThat(CacheStatus.hit().word()).isEqualTo("HIT");
    }

    @ParameterizedTest(name = "{0} {1} ttl {2} stored {3} -> {4}")
    @CsvSource({
      "BYPASS,    200, 0,   false, BYPASS",
      "METHOD,    200, 0,   false, BYPASS",
      "URI_MISS,  200, 10,  true,  MISS",
      "URI_MISS,  304, 0,   false, MISS",
      "VARY_MISS, 200, 10,  true,  MISS",
      "MISS,      200, 10,  true,  MISS",
      "PARTIAL,   206, 10,  true,  MISS",
      "REQUEST,   200, 10,  true,  MISS",
      "REQUEST,   304, 10,  true,  REVALIDATED",
      "STALE,     304, 10,  true,  REVALIDATED",
      "STALE,     304, -1,  false, REVALIDATED",
      "STALE,     200, 10,  true,  MISS",
      "STALE,     200, 0,   false, MISS",
      "STALE,     200, -5,  true,  MISS", // stored, and old when it came
      "STALE,     503, -5,  false, STALE", // stale-if-error
    })
    void ofWhatWentOn(Forward reason, int status, long ttl, boolean stored, String word) {
      CacheStatus told = CacheStatus.forwarded(reason).withForwardStatus(status).withTtl(ttl);
      assertThat((stored ? told.withStored() : told).word()).isEqualTo(word);
    }

    @Test
    void ofAnOriginThatCannotBeReached() {
      assertThat(CacheStatus.forwarded(Forward.STALE).withTtl(-5).word()).isEqualTo("STALE");
      assertThat(CacheStatus.forwarded(Forward.STALE).word()).isEqualTo("MISS");
    }
  }
}
