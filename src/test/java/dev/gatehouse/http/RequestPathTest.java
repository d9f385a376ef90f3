package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 3986 §6.2.2 and what is not told apart by everybody alike")
class RequestPathTest {
  private static final String[] PIECES = {
    "/", "/", "/", ".", "..", ";", "x", "Z", "9", "~", "%2e", "%2E", "%2f", "%2F", "%5c", "%61",
    "%25", "%3b", "%3B", "%00", "%c3%a9", "%C3", "%zz", "%", "\\", "é", " ", "=", "#", "\u0000"
  };

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvFileSource(
      resources = "/request-paths.csv",
      useHeadersInDisplayName = false,
      numLinesToSkip = 1)
  void rulesSeeOneSpellingOrNone(String path, String rules) {
    assertThat(RequestPath.strict(path, false))
        .isEqualTo(rules.equals("400") ? RequestPath.REFUSED : rules);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "/a%2Fb, /a%2Fb",
    "/a%2fb, /a%2Fb",
    "/u/https:%2F%2Fhost%2Fx, /u/https:%2F%2Fhost%2Fx",
    "/a%2F..%2Fadmin, 400",
    "/a%2F%2e%2e, 400",
    "/a/..%2Fadmin, 400",
    "/a/..%3bx%2Fadmin, 400",
    "/a%2F.%3Bx, 400",
    "/a%2F...%2F.x, /a%2F...%2F.x",
    "/a;x%2F..%2Fadmin, 400",
    "/a;x%2Fb, 400",
    "/a%5Cb, 400",
  })
  void anEncodedSlashMayBeAllowedButHidesNoDots(String path, String rules) {
    assertThat(RequestPath.strict(path, true))
        .isEqualTo(rules.equals("400") ? RequestPath.REFUSED : rules);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "a", "http://h/", "/a b", "/a\tb", "/a#b", "/é", "/\u007f", "/\0"})
  void whatIsNoPathIsNeverOne(String path) {
    assertThat(RequestPath.strict(path, true)).isEqualTo(RequestPath.REFUSED);
    assertThat(RequestPath.asItIs(path)).isEqualTo(RequestPath.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/../b", "//", "/a;x", "/%2F%00%c0%ae", "/a\\b", "/%61", "/.;x"})
  void withoutStrictnessRulesSeeWhatTheBackendSees(String path) {
    assertThat(RequestPath.asItIs(path)).isSameAs(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%4", "/%zz", "/a%u002e", "/%\u0661\u0661", "/%-1", "/%4g"})
  void anEscapeHasTwoHexadecimalDigits(String path) {
    assertThat(RequestPath.asItIs(path)).isEqualTo(RequestPath.REFUSED);
    assertThat(RequestPath.strict(path, true)).isEqualTo(RequestPath.REFUSED);
  }

  @ParameterizedTest(name = "''{0}'' -> {1}")
  @CsvSource({
    "'', true",
    "a=%, true",
    "'[{\"|^]\\', true",
    "?a&a=;b, true",
    "a b, false",
    "a#b, false"
  })
  void aQueryIsVisibleAscii(String query, boolean expected) {
    assertThat(RequestPath.isQuery(query)).isEqualTo(expected);
    assertThat(RequestPath.isQuery(query + 'é')).isFalse();
    assertThat(RequestPath.isQuery(query + '\u007f')).isFalse();
  }

  @Test
  void aPlainPathIsNotCopied() {
    String plain = "/api/v1/orders.json";
    assertThat(RequestPath.strict(plain, false)).isSameAs(plain);
  }

  @Test
  void whateverComesARulePathIsCleanAndItsOwnRulePath() {
    SplittableRandom random = new SplittableRandom(20261123);
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      String path = path(random);
      boolean slash = random.nextBoolean();
      String rules = RequestPath.strict(path, slash);
      if (!rules.isEmpty()) {
        accepted++;
        assertThat(RequestPath.strict(rules, slash)).as(path).isEqualTo(rules);
        assertThat(rules)
            .as(path)
            .startsWith("/")
            .doesNotContain("//", ";", "\\", "%00", "%5C", "%2E", "%61")
            .doesNotContainPattern("/\\.\\.?(/|$)")
            .doesNotContainPattern("%..(?<=[a-f].|[a-f])")
            .matches("[!-~]+");
        assertThat(RequestPath.asItIs(path)).isSameAs(path);
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }

  @Test
  void noEscapingOfAnInnocentLetterChangesWhatRulesSee() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      String path = path(random);
      String rules = RequestPath.strict(path, true);
      int at = random.nextInt(path.length());
      char c = path.charAt(at);
      boolean inEscape = path.substring(Math.max(0, at - 2), at).contains("%");
      if (!rules.isEmpty() && (c == 'x' || c == '.' || c == '~') && !inEscape) {
        String escaped =
            path.substring(0, at) + '%' + Integer.toHexString(c) + path.substring(at + 1);
        assertThat(RequestPath.strict(escaped, true)).as(path).isEqualTo(rules);
      }
    }
  }

  private static String path(SplittableRandom random) {
    StringBuilder path = new StringBuilder("/");
    for (int i = random.nextInt(8); i > 0; i--) {
      path.append(PIECES[random.nextInt(random.nextBoolean() ? 20 : PIECES.length)]);
    }
    return path.toString();
  }
}
