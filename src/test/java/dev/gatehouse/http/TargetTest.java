package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.testkit.Garbage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static final Target BASE = Target.of("http", "a", "/b/c/d;p", "q");

  @Nested
  @DisplayName("RFC 9110 §4.2.3 normalisation")
  class Normalisation {
    @ParameterizedTest(name = "{0} {1} -> {2} {3}")
    @CsvSource({
      "http,  Example.COM,      http,  example.com",
      "HTTP,  example.com:80,   http,  example.com",
      "http,  example.com:080,  http,  example.com",
      "http,  example.com:,     http,  example.com",
      "http,  example.com:443,  http,  example.com:443",
      "https, example.com:443,  https, example.com",
      "https, example.com:80,   https, example.com:80",
      "http,  example.com:8080, http,  example.com:8080",
      "http,  example.com:08080, http, example.com:8080",
      "http,  example.com:0,    http,  example.com:0",
      "http,  [2001:DB8::1],    http,  [2001:db8::1]",
      "http,  [2001:db8::80]:80, http, [2001:db8::80]",
      "http,  [::1]:81,         http,  [::1]:81",
      "http,  '',               http,  ''",
    })
    void isOfSchemeHostAndPort(String scheme, String host, String expected, String authority) {
      Target target = Target.of(scheme, host, "/", null);
      assertThat(target.scheme()).isEqualTo(expected);
      assertThat(target.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @CsvSource({
      "/a,   /A",
      "/a,  /a/",
      "/a,  //a",
      "/%61, /a",
      "/%2f, /%2F",
      "/a,  /./a",
      "/a;x, /a",
    })
    void isNotOfPaths(String one, String other) {
      assertThat(Target.of("http", "h", one, null))
          .isNotEqualTo(Target.of("http", "h", other, null));
    }

    @Test
    void noQueryIsNotAnEmptyQuery() {
      Target none = Target.of("http", "h", "/a", null);
      Target empty = Target.of("http", "h", "/a", "");
      Target some = Target.of("http", "h", "/a", "x?y");
      assertThat(none).isNotEqualTo(empty);
      assertThat(none.resource()).isEqualTo("/a");
      assertThat(empty.resource()).isEqualTo("/a?");
      assertThat(some.resource()).isEqualTo("/a?x?y");
      assertThat(none.path()).isEqualTo(empty.path()).isEqualTo(some.path()).isEqualTo("/a");
    }
  }

  @Nested
  @DisplayName("RFC 3986 §5.4 reference resolution")
  class Resolution {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
      "g,             http://a/b/c/g", // §5.4.1 normal examples
      "./g,           http://a/b/c/g",
      "g/,            http://a/b/c/g/",
      "/g,            http://a/g",
      "//g,           http://g/",
      "?y,            http://a/b/c/d;p?y",
      "g?y,           http://a/b/c/g?y",
      "#s,            http://a/b/c/d;p?q",
      "g#s,           http://a/b/c/g",
      "g?y#s,         http://a/b/c/g?y",
      ";x,            http://a/b/c/;x",
      "g;x,           http://a/b/c/g;x",
      "g;x?y#s,       http://a/b/c/g;x?y",
      "'',            http://a/b/c/d;p?q",
      ".,             http://a/b/c/",
      "./,            http://a/b/c/",
      "..,            http://a/b/",
      "../,           http://a/b/",
      "../g,          http://a/b/g",
      "../..,         http://a/",
      "../../,        http://a/",
      "../../g,       http://a/g",
      "../../../g,    http://a/g", // §5.4.2 abnormal examples
      "../../../../g, http://a/g",
      "/./g,          http://a/g",
      "/../g,         http://a/g",
      "g.,            http://a/b/c/g.",
      ".g,            http://a/b/c/.g",
      "g..,           http://a/b/c/g..",
      "..g,           http://a/b/c/..g",
      "./../g,        http://a/b/g",
      "./g/.,         http://a/b/c/g/",
      "g/./h,         http://a/b/c/g/h",
      "g/../h,        http://a/b/c/h",
      "g;x=1/./y,     http://a/b/c/g;x=1/y",
      "g;x=1/../y,    http://a/b/c/y",
      "g?y/./x,       http://a/b/c/g?y/./x",
      "g?y/../x,      http://a/b/c/g?y/../x",
      "g#s/../x,      http://a/b/c/g",
      "HTTPS://B:443/x, https://b/x",
      "http://B,      http://b/",
      "http://b?x,    http://b/?x",
      "http://a:80/x/../y, http://a/y",
      "?,             http://a/b/c/d;p?",
      "1:2,           http://a/b/c/1:2",
      ":x,            http://a/b/c/:x",
      "g_h:2,         http://a/b/c/g_h:2",
      "/x:y,          http://a/x:y",
      "%2e%2e/g,      http://a/b/c/%2e%2e/g",
    })
    void isThatOfTheRfc(String reference, String expected) {
      assertThat(BASE.resolve(reference).map(TargetTest::text)).contains(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
        strings = {
          "g:h",
          "http:g",
          "https:/g",
          "mailto:a@b",
          "ftp://a/b",
          "javascript:alert(1)",
          "h+t-t.p://a/",
          "/a b",
          "/a\tb",
          "/a\r\nb",
          "/\\a",
          "http:\\\\a",
          "/\u007f",
        })
    void mayComeToNothing(String reference) {
      assertThat(BASE.resolve(reference)).isEmpty();
    }

    @Test
    void ofWhatHasNoPathGivesNoTarget() {
      Target all = Target.of("http", "a", "*", null);
      assertThat(all.resolve("g")).isEmpty();
      assertThat(all.resolve("?g")).isEmpty();
      assertThat(all.resolve("/g").map(TargetTest::text)).contains("http://a/g");
    }

    @Test
    void neverThrowsAndNeverLeavesDots() {
      SplittableRandom random = new SplittableRandom(20_261_123);
      for (int round = 0; round < 30_000; round++) {
        String reference = Garbage.of(random, "/..//:?#ah[]@%\\ \u00e9\u0000", 14);
        assertThatCode(
                () ->
                    BASE.resolve(reference)
                        .ifPresent(
                            target ->
                                assertThat(target.path() + "/")
                                    .as(reference)
                                    .startsWith("/")
                                    .doesNotContain("/../")
                                    .doesNotContain("/./")))
            .doesNotThrowAnyException();
      }
    }
  }

  @Nested
  @DisplayName("RFC 9110 §4.3.1 origins")
  class Origins {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "/x, true",
      "http://a:80/x, true",
      "//A/x, true",
      "https://a/x, false",
      "http://a:81/x, false",
      "http://b/x, false",
      "//u@a/x, false",
      "//a.example/x, false",
    })
    void areSchemeHostAndPort(String reference, boolean same) {
      assertThat(BASE.resolve(reference).map(BASE::hasOriginOf)).contains(same);
    }
  }

  private static String text(Target target) {
    return target.scheme() + "://" + target.authority() + target.resource();
  }
}
