package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
  @Nested
  @DisplayName("fields that claim to know the client")
  class Claims {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "X-Forwarded-For",
          "x-forwarded-proto",
          "X-FORWARDED-Anything",
          "X-Forwarded-",
          "Forwarded",
          "forwarded",
          "X-Real-IP",
          "x-real-ip",
          "True-Client-IP",
          "true-client-ip",
          "X-Scheme",
          "x-url-scheme",
          "Front-End-Https",
          "X-Forwarded",
        })
    void areKnownInWhateverCase(String name) {
      assertThat(Forwarding.claims(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "X",
          "X-Real-IPs",
          "X-Schemes",
          "C",
          "Client-IPs",
          "CF-Ray",
          "F",
          "From",
          "Front",
          "T",
          "TE",
          "True",
          "Via",
          "X-Request-Id"
        })
    void areNotTakenForOthers(String name) {
      assertThat(Forwarding.claims(name)).isFalse();
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @DisplayName("RFC 7239 §5 Forwarded without who asks and who passes on")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=192.0.2.1;host=a;proto=https | host=a;proto=https,",
        "For=192.0.2.1 ; Proto=http;by=x, for=\"[::1]\";host=b | Proto=http;host=b,",
        "host=\"a;for=1,b\\\";by=2\";for=1 | host=\"a;for=1,b\\\";by=2\";",
        "for=1 | ``",
        "`` | ,",
        "host=\"a;for=1 | host=\"a;for=1,",
        "host=\"a\\ | host=\"a\\,",
      })
  void whatForwardedSaysOfTheTarget(String forwarded, String rest) {
    assertThat(Forwarding.withoutNodes(forwarded)).isEqualTo(rest);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For, true",
    "x-real-ip, true",
    "True-Client-IP, true",
    "X-Client-IP, true",
    "Client-IP, true",
    "X-Cluster-Client-IP, true",
    "cf-connecting-ip, true",
    "CF-Connecting-IPv6, true",
    "Fastly-Client-IP, true",
    "X-Originating-IP, true",
    "X-Remote-IP, true",
    "X-Remote-Addr, true",
    "X-ProxyUser-Ip, true",
    "X-Azure-ClientIP, true",
    "X-Azure-SocketIP, true",
    "X-Envoy-External-Address, true",
    "X-Appengine-User-IP, true",
    "forwarded-for, true",
    "X-Scheme, false",
    "Front-End-Https, false",
    "X-Forwarded, false",
    "X-Forwarded-Proto, false",
    "X-Forwarded-Host, false",
    "Forwarded, false",
  })
  void someFieldsOnlyNameTheClient(String name, boolean only) {
    assertThat(Forwarding.namesClient(name)).isEqualTo(only);
  }

  @Nested
  @DisplayName("X-Forwarded-For")
  class Client {
    @ParameterizedTest(name = "peer {0}, X-Forwarded-For {1} -> {2}")
    @CsvSource(
        delimiter = ';',
        value = {
          "10.0.0.1; ''; 10.0.0.1",
          "10.0.0.1; 192.0.2.1; 192.0.2.1",
          "192.0.2.9; 192.0.2.1; 192.0.2.9", // a stranger's word counts for nothing
          "10.0.0.1; 192.0.2.1, 10.0.0.2; 192.0.2.1",
          "10.0.0.1; 198.51.100.1, 192.0.2.1, 10.0.0.2; 192.0.2.1", // the rightmost stranger
          "10.0.0.1; 198.51.100.1 | 192.0.2.1 | 10.0.0.2; 192.0.2.1", // fields are one list
          "10.0.0.1; 10.0.0.3, 10.0.0.2; 10.0.0.3", // trusted all the way
          "10.0.0.1; 192.0.2.1,, 10.0.0.2; 10.0.0.2", // a hole
          "10.0.0.1; 192.0.2.1,; 10.0.0.1",
          "10.0.0.1; 192.0.2.1:4711; 192.0.2.1",
          "10.0.0.1; [2001:db8::1]:4711; 2001:db8::1",
          "10.0.0.1; [2001:db8::1]; 2001:db8::1",
          "10.0.0.1; 2001:db8::1; 2001:db8::1",
          "10.0.0.1; [2001:db8::1; 10.0.0.1", // half a bracket is a hole
          "10.0.0.1; ' 192.0.2.1 '; 192.0.2.1",
          "10.0.0.1; :80; :80", // no address: nobody trusts it
          "10.0.0.1; unknown; unknown",
        })
    void theClientIsTheRightmostAddressThatNoTrustedProxyHas(
        String peer, String fields, String expected) {
      List<String> said = fields.isEmpty() ? List.of() : Arrays.asList(fields.split("\\|", -1));
      assertThat(Forwarding.client(peer, said, address -> address.startsWith("10.")))
          .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} + {1} -> {2}")
    @CsvSource(
        delimiter = ';',
        value = {
          "''; 192.0.2.1; 192.0.2.1",
          "a; 192.0.2.1; a, 192.0.2.1",
          "a, b|c; 2001:db8::1; a, b, c, 2001:db8::1",
        })
    void weAppendWhomWeSaw(String fields, String peer, String expected) {
      List<String> said = fields.isEmpty() ? List.of() : Arrays.asList(fields.split("\\|"));
      assertThat(Forwarding.append(said, peer)).isEqualTo(expected);
    }
  }

  @Nested
  @DisplayName("RFC 7239 Forwarded")
  class Elements {
    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "192.0.2.1; h.test; https; for=192.0.2.1|host=h.test|proto=https",
          "192.0.2.1; h.test:81; http; for=192.0.2.1|host=\"h.test:81\"|proto=http",
          "2001:db8::1; h; http; for=\"[2001:db8::1]\"|host=h|proto=http",
          "1.1.1.1; a\"b\\c; http; for=1.1.1.1|host=\"a\\\"b\\\\c\"|proto=http",
        })
    void addressesAndHostsAreQuotedWhereTheyAreNoTokens(
        String peer, String host, String scheme, String expected) {
      assertThat(Forwarding.element(peer, host, scheme)).isEqualTo(expected.replace('|', ';'));
    }

    @Test
    @DisplayName("§4: a value that is not empty")
    void anEmptyHostIsNotWrittenAsAnEmptyToken() {
      assertThat(Forwarding.element("192.0.2.1", "", "http"))
          .isEqualTo("for=192.0.2.1;host=\"\";proto=http");
    }
  }

  @Test
  void theNearestProxyHasTheLastWord() {
    assertThat(Forwarding.nearest(List.of())).isEmpty();
    assertThat(Forwarding.nearest(List.of("https"))).isEqualTo("https");
    assertThat(Forwarding.nearest(List.of("evil.test, shop.test "))).isEqualTo("shop.test");
    assertThat(Forwarding.nearest(List.of("evil.test", "a.test,shop.test"))).isEqualTo("shop.test");
    assertThat(Forwarding.nearest(List.of("shop.test,"))).isEmpty();
  }
}
