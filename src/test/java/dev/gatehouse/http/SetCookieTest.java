package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6265 §5.2 Set-Cookie")
class SetCookieTest {
  private static final String[] PIECES = {
    ";",
    ";",
    ";",
    "=",
    "=",
    " ",
    "\t",
    "\"",
    ",",
    "Domain",
    "domain",
    "PATH",
    "Path",
    "/",
    "/app",
    "h.test",
    ".",
    "__Host-",
    "Secure",
    "SameSite=None",
    "Max-Age=0",
    "\u00e9",
    "\u0080",
    "\0",
    "x"
  };

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=b; Domain=h.test; Path=/x | a=b; Domain=<h.test>; Path=(/x)",
        "a=b;domain=h.test;PATH=/x   | a=b;domain=<h.test>;PATH=(/x)",
        "a=b;  Path = /x ; Secure    | a=b;  Path = (/x) ; Secure",
        "a=\"x, y\"; Path=/          | a=\"x, y\"; Path=(/)",
        "a=\"x; Path=/y\"            | a=\"x; Path=(/y\")",
        "a=b; Path=; Domain=         | a=b; Path=(); Domain=<>",
        "a=b; Path=/x; Path=/y       | a=b; Path=(/x); Path=(/y)",
        "a=b; Path=/x=y              | a=b; Path=(/x=y)",
        "=; Path=/                   | =; Path=(/)",
        "; Path=/                    | ; Path=(/)",
      })
  void onlyTheValuesOfDomainAndPathAreMapped(String cookie, String expected) {
    assertThat(map(cookie)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a=b",
        "Path=/; Secure",
        "Domain=h.test",
        "a=b; SameSite=None; Secure; HttpOnly; Partitioned; Priority=High; X-New = \"a\"",
        "a=b; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=1;",
        "a=b; Path; Domain",
        "a=b; XPath=/x; Pathology=/y; Sub Domain=h.test",
        "a=b; Path\u00a0=/x",
        "__Host-a=b; Path=/; Secure",
        " __host-a=b; Domain=h.test; Path=/",
      })
  void everythingElseIsLeftAlone(String cookie) {
    assertThat(map(cookie)).isEqualTo(cookie);
  }

  @Test
  void aSecureCookieIsNoHostCookie() {
    assertThat(map("__Secure-a=b; Path=/x")).isEqualTo("__Secure-a=b; Path=(/x)");
  }

  @Test
  @DisplayName("property: with nothing to map, the value is the same whatever it holds")
  void whereNothingIsMappedNothingChanges() {
    Random random = new Random(20261123);
    for (int i = 0; i < 50_000; i++) {
      String cookie = cookie(random);
      assertThat(SetCookie.map(cookie, UnaryOperator.identity(), UnaryOperator.identity()))
          .isEqualTo(cookie);
    }
  }

  @Test
  @DisplayName("property: between semicolons, only what is named Domain or Path changes")
  void whereSomethingIsMappedTheRestStays() {
    Random random = new Random(20261124);
    for (int i = 0; i < 50_000; i++) {
      String cookie = cookie(random);
      String[] before = cookie.split(";", -1);
      String[] after = SetCookie.map(cookie, old -> "D", old -> "P").split(";", -1);
      assertThat(after).as(cookie).hasSameSizeAs(before);
      assertThat(after[0]).as(cookie).isEqualTo(before[0]);
      for (int j = 1; j < before.length; j++) {
        if (!before[j].matches("(?is)[ \t]*(Domain|Path)[ \t]*=.*")) {
          assertThat(after[j]).as(cookie).isEqualTo(before[j]);
        }
      }
    }
  }

  private static String cookie(Random random) {
    StringBuilder cookie = new StringBuilder();
    for (int left = random.nextInt(24); left > 0; left--) {
      cookie.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return cookie.toString();
  }

  private static String map(String cookie) {
    return SetCookie.map(cookie, domain -> "<" + domain + ">", path -> "(" + path + ")");
  }
}
