package dev.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a request line may be")
class RequestPolicyTest {
  @ParameterizedTest(name = "{0}: usually {1}, with * {2}")
  @CsvSource({
    "GET, FORWARD, FORWARD",
    "QUERY, FORWARD, FORWARD",
    "TRACE, METHOD_NOT_ALLOWED, METHOD_NOT_ALLOWED",
    "CONNECT, METHOD_NOT_ALLOWED, METHOD_NOT_ALLOWED",
    "get, NOT_IMPLEMENTED, FORWARD",
    "trace, NOT_IMPLEMENTED, FORWARD",
    "PROPFIND, NOT_IMPLEMENTED, FORWARD",
    "M-SEARCH, NOT_IMPLEMENTED, FORWARD",
    "G(T, MALFORMED, MALFORMED",
    "'', MALFORMED, MALFORMED",
  })
  @DisplayName("RFC 9110 §9.1, §15.5.6, §15.6.2")
  void aMethodIsForwardedOrRefusedByItsName(String method, Verdict usual, Verdict any) {
    assertThat(line(Policies.usual(), method, "/", null)).isEqualTo(usual);
    assertThat(line(Policies.open(), method, "/", null)).isEqualTo(any);
  }

  @Test
  void aKnownMethodThatIsNotListedIsNotAllowed() {
    RequestPolicy policy = Policies.only("POST", "GET", "REPORT");
    assertThat(line(policy, "PUT", "/", null)).isEqualTo(Verdict.METHOD_NOT_ALLOWED);
    assertThat(line(policy, "REPORT", "/", null)).isEqualTo(Verdict.FORWARD);
    assertThat(policy.allow()).isEqualTo("POST, GET, REPORT");
  }

  @Test
  void allowNamesWhatWeKnowIfAnyMethodPasses() {
    assertThat(Policies.open().allow())
        .isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY");
  }

  @ParameterizedTest(name = "{0}{1} -> {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "/a, -, FORWARD",
        "/a, '', FORWARD",
        "/a, x=%, FORWARD",
        "/a;x, '[{\"|^]', FORWARD",
        "/a/../b, -, MALFORMED",
        "/a//b, x, MALFORMED",
        "/a#b, -, MALFORMED",
        "/a, x#b, MALFORMED",
        "/a, x y, MALFORMED",
        "a, -, MALFORMED",
        "'', -, MALFORMED",
        "*, -, MALFORMED",
        "*, x, MALFORMED",
        "/9012345678901234567, -, FORWARD",
        "/9012345678901234567, '', FORWARD",
        "/90123456789012345678, -, TARGET_TOO_LONG",
        "/9012345678901234567, x, TARGET_TOO_LONG",
        "/a/../890123456789012, x, TARGET_TOO_LONG",
      })
  @DisplayName("RFC 9112 §3.2, RFC 9110 §15.5.15")
  void aTargetIsAPathWithinBounds(String path, @Nullable String query, Verdict expected) {
    assertThat(line(Policies.usual(), "GET", path, query)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/../b", "//a", "/a%2Fb", "/%00", "/.;x"})
  void whereAnyPathPassesRulesSeeItAsItIs(String path) {
    assertThat(Policies.open().rulePath(path)).isEqualTo(path);
    assertThat(line(Policies.open(), "GET", path, null)).isEqualTo(Verdict.FORWARD);
    assertThat(line(Policies.usual(), "GET", path, null)).isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void rulesSeeOneSpellingOfAPath() {
    assertThat(Policies.usual().rulePath("/%61dmin;x/y")).isEqualTo("/admin/y");
    assertThat(Policies.usual().rulePath("/a%2fb")).isEmpty();
    assertThat(Policies.boundless().rulePath("/a%2fb")).isEqualTo("/a%2Fb");
  }

  @Test
  void theServerItselfHasOptionsAndNothingElse() {
    assertThat(line(Policies.usual(), "OPTIONS", "*", null)).isEqualTo(Verdict.ANSWER);
    assertThat(line(Policies.open(), "OPTIONS", "*", null)).isEqualTo(Verdict.ANSWER);
    assertThat(line(Policies.only("GET"), "OPTIONS", "*", null))
        .isEqualTo(Verdict.METHOD_NOT_ALLOWED);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "HTTP/1.0, FORWARD",
    "HTTP/1.1, FORWARD",
    "HTTP/2.0, FORWARD",
    "HTTP/2, FORWARD",
    "HTTP/3.0, UNKNOWN_VERSION",
    "HTTP/3, UNKNOWN_VERSION",
    "HTTP/0.9, UNKNOWN_VERSION",
    "HTTP/1.2, UNKNOWN_VERSION",
    "HTTP/1.1.1, UNKNOWN_VERSION",
    "'', UNKNOWN_VERSION",
  })
  @DisplayName("RFC 9110 §15.6.6")
  void otherVersionsAreNotSpoken(String protocol, Verdict expected) {
    assertThat(Policies.usual().onLine("GET", "/", null, protocol, "/")).isEqualTo(expected);
  }

  private static Verdict line(
      RequestPolicy policy, String method, String path, @Nullable String query) {
    return policy.onLine(method, path, query, "HTTP/1.1", policy.rulePath(path));
  }
}
