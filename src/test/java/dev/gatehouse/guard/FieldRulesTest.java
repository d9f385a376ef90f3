package dev.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the fields of a request may say")
class FieldRulesTest {
  private static final String HOST = "Host: a";

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\rb", "a\r\nb: c", "a\nb", "\u001b", "a\u007f"})
  void controlCharactersAreInNoValue(String value) {
    assertThat(of("GET", "HTTP/1.1", HOST, "X-A: " + value)).isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb", "\u00e9\u20ac"})
  void otherCharactersMayBe(String value) {
    assertThat(of("GET", "HTTP/1.1", HOST, "X-A: " + value)).isEqualTo(Verdict.FORWARD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X A", "X(a)", "X\r\nY", "\u00e9", "X\u0000"})
  void aNameIsAToken(String name) {
    assertThat(of("GET", "HTTP/1.1", HOST, name + ": 1")).isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource({
    "Content-Length, 0, FORWARD",
    "Content-Length, 1000, FORWARD",
    "Content-Length, 0001000, FORWARD",
    "Content-Length, 1001, BODY_TOO_LARGE",
    "Content-Length, 922337203685477579, BODY_TOO_LARGE",
    "Content-Length, 9223372036854775808, MALFORMED",
    "Content-Length, 99999999999999999999999, MALFORMED",
    "Content-Length, '', MALFORMED",
    "Content-Length, -1, MALFORMED",
    "Content-Length, +5, MALFORMED",
    "Content-Length, 5 5, MALFORMED",
    "Content-Length, '5, 5', MALFORMED",
    "Content-Length, 1e1, MALFORMED",
    "Content-Length, 0x5, MALFORMED",
    "Content-Length, 5;, MALFORMED",
    "Content-Length, ٥, MALFORMED",
    "Transfer-Encoding, chunked, FORWARD",
    "Transfer-Encoding, CHUNKED, FORWARD",
    "Transfer-Encoding, 'gzip, chunked', NOT_IMPLEMENTED",
    "Transfer-Encoding, 'chunked, chunked', MALFORMED",
    "Transfer-Encoding, 'chunked, gzip', MALFORMED",
    "Transfer-Encoding, identity, MALFORMED",
    "Transfer-Encoding, '', MALFORMED",
    "Transfer-Encoding, xchunked, NOT_IMPLEMENTED",
    "Expect, 100-continue, FORWARD",
    "Expect, 100-Continue, FORWARD",
    "Expect, '', FORWARD",
    "Expect, 200-ok, UNKNOWN_EXPECTATION",
    "Expect, '100-continue, x', UNKNOWN_EXPECTATION",
    "Via, 1.1 gatehouse-0a1b2c, LOOP",
    "Via, '1.0 x, 2 GATEHOUSE-0a1b2c (y)', LOOP",
    "Via, 1.1 gatehouse-0a1b2d, FORWARD",
    "X-HTTP-Method-Override, DELETE, FORWARD",
    "X-HTTP-Method-Override, delete, FORWARD",
    "X-HTTP-Method-Override, '', FORWARD",
    "X-HTTP-Method-Override, TRACE, METHOD_NOT_ALLOWED",
    "X-HTTP-Method-Override, 'GET, TRACE', METHOD_NOT_ALLOWED",
    "X-HTTP-Method, PROPFIND, METHOD_NOT_ALLOWED",
    "X-HTTP-Method, PUT, FORWARD",
    "X-Method-Override, connect, METHOD_NOT_ALLOWED",
    "X-Method-Override, POST, FORWARD",
    "Max-Forwards, no number, FORWARD",
    "Yaf, 1.1 gatehouse-0a1b2c, FORWARD",
    "Hosts, 'a b', FORWARD",
    "Hast, 'a b', FORWARD",
    "Cookie, 200-ok, FORWARD",
    "Any-Forwards, -1, FORWARD",
    "Content-Digest, -1, FORWARD",
    "Transfer-Encodong, identity, FORWARD",
    "X-HTTP-Mothod, TRACE, FORWARD",
    "X-HTTP-Mothod-Override, TRACE, FORWARD",
  })
  void aFieldIsJudgedByNameAndValueWhateverTheNamesCase(
      String name, String value, Verdict expected) {
    assertThat(of("GET", "HTTP/1.1", HOST, name + ": " + value)).isEqualTo(expected);
    assertThat(of("GET", "HTTP/1.1", HOST, name.toLowerCase(Locale.ROOT) + ": " + value))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "OPTIONS with Max-Forwards {0} -> {1}")
  @CsvSource({
    "0, ANSWER",
    "000, ANSWER",
    "1, FORWARD",
    "999999999, FORWARD",
    "1000000000, MALFORMED",
    "-1, MALFORMED",
    "'', MALFORMED",
    "'1, 2', MALFORMED",
  })
  @DisplayName("RFC 9110 §7.6.2")
  void optionsGoesAsFarAsItsSenderWants(String value, Verdict expected) {
    assertThat(of("OPTIONS", "HTTP/1.1", HOST, "Max-Forwards: " + value)).isEqualTo(expected);
  }

  @Test
  @DisplayName("RFC 9112 §6.1, §6.3")
  void aBodyHasOneFraming() {
    assertThat(of("POST", "HTTP/1.1", HOST, "Content-Length: 5", "Content-Length: 5"))
        .isEqualTo(Verdict.MALFORMED);
    assertThat(of("POST", "HTTP/1.1", HOST, "Content-Length: 5", "Transfer-Encoding: chunked"))
        .isEqualTo(Verdict.MALFORMED);
    assertThat(of("POST", "HTTP/1.1", HOST, "Transfer-Encoding: chunked", "Content-Length: 0"))
        .isEqualTo(Verdict.MALFORMED);
    assertThat(
            of(
                "POST",
                "HTTP/1.1",
                HOST,
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked"))
        .isEqualTo(Verdict.MALFORMED);
    assertThat(of("POST", "HTTP/1.0", HOST, "Transfer-Encoding: chunked"))
        .isEqualTo(Verdict.MALFORMED);
    assertThat(of("POST", "HTTP/2.0", HOST, "Transfer-Encoding: chunked"))
        .isEqualTo(Verdict.MALFORMED);
    assertThat(of("POST", "HTTP/1.0", HOST, "Content-Length: 5")).isEqualTo(Verdict.FORWARD);
  }

  @Test
  @DisplayName("RFC 9112 §3.2, RFC 9113 §8.3.1")
  void aRequestNamesOneHost() {
    assertThat(of("GET", "HTTP/1.1", "X-A: 1")).isEqualTo(Verdict.MALFORMED);
    assertThat(of("GET", "HTTP/1.0", "X-A: 1")).isEqualTo(Verdict.FORWARD);
    assertThat(of("GET", "HTTP/1.1", "Host: a", "Host: a")).isEqualTo(Verdict.MALFORMED);
    assertThat(of("GET", "HTTP/1.0", "Host: a", "Host: a")).isEqualTo(Verdict.MALFORMED);
    assertThat(of("GET", "HTTP/2.0", "Host: a", "Host: A")).isEqualTo(Verdict.FORWARD);
    assertThat(of("GET", "HTTP/2.0", "Host: a", "Host: b")).isEqualTo(Verdict.MALFORMED);
    assertThat(of("GET", "HTTP/1.0", "Host: a b")).isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"a, FORWARD", "[::1], FORWARD", "::1, FORWARD", "a b, MALFORMED", "'', MALFORMED"})
  void whereNoHostIsShownTheContainersWordCounts(String name, Verdict expected) {
    FieldRules rules = Policies.usual().fieldsOf("GET", "HTTP/2.0");
    assertThat(rules.lacksHost()).isTrue();
    assertThat(rules.onAuthority(name)).isEqualTo(expected);
  }

  @Test
  @DisplayName("RFC 6585 §5")
  void fieldsAreBoundedInNumberAndSize() {
    assertThat(of("GET", "HTTP/1.1", HOST, "A: 1", "A: 1", "A: 1", "A: 1"))
        .isEqualTo(Verdict.FORWARD);
    assertThat(of("GET", "HTTP/1.1", HOST, "A: 1", "A: 1", "A: 1", "A: 1", "A: 1"))
        .isEqualTo(Verdict.FIELDS_TOO_LARGE);
    assertThat(of("GET", "HTTP/1.1", HOST, "Name: " + "v".repeat(91))).isEqualTo(Verdict.FORWARD);
    assertThat(of("GET", "HTTP/1.1", HOST, "Name: " + "v".repeat(92)))
        .isEqualTo(Verdict.FIELDS_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 922337203685477579", "Via: 1.1 gatehouse-0a1b2c"})
  void withoutBoundAndNameNothingIsTooLargeOrALoop(String field) {
    FieldRules rules = Policies.boundless().fieldsOf("GET", "HTTP/1.1");
    int colon = field.indexOf(':');
    assertThat(rules.on(field.substring(0, colon), field.substring(colon + 2)))
        .isEqualTo(Verdict.FORWARD);
  }

  @Test
  void whereAnyMethodPassesSoDoesAnyThatAFieldNames() {
    FieldRules rules = Policies.open().fieldsOf("POST", "HTTP/1.1");
    assertThat(rules.on("X-HTTP-Method-Override", "PROPFIND")).isEqualTo(Verdict.FORWARD);
    assertThat(rules.on("X-HTTP-Method-Override", "TRACE")).isEqualTo(Verdict.METHOD_NOT_ALLOWED);
    assertThat(rules.on("X-HTTP-Method-Override", "trace")).isEqualTo(Verdict.METHOD_NOT_ALLOWED);
  }

  private static Verdict of(String method, String protocol, String... lines) {
    FieldRules rules = Policies.usual().fieldsOf(method, protocol);
    for (String line : lines) {
      int colon = line.indexOf(':');
      Verdict verdict = rules.on(line.substring(0, colon), line.substring(colon + 2));
      if (verdict != Verdict.FORWARD) {
        return verdict;
      }
    }
    return rules.together();
  }
}
