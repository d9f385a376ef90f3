package dev.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPolicyTest {
  @DisplayName("RFC 9110 §9, §7.6.2 and RFC 9112 §6.1")
  @ParameterizedTest(name = "{0} {1}, transfer-coded {2}, Max-Forwards {3} -> {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "GET, HTTP/1.1, false, -, FORWARD",
        "POST, HTTP/1.1, true, -, FORWARD",
        "POST, HTTP/2.0, false, -, FORWARD",
        "POST, HTTP/1.0, false, -, FORWARD",
        "POST, HTTP/1.0, true, -, REFUSE",
        "GET, HTTP/1.0, true, -, REFUSE",
        "TRACE, HTTP/1.1, false, -, REFUSE_METHOD",
        "TRACE, HTTP/1.1, false, 0, REFUSE_METHOD",
        "CONNECT, HTTP/1.1, false, -, REFUSE_METHOD",
        "trace, HTTP/1.1, false, -, FORWARD",
        "OPTIONS, HTTP/1.1, false, -, FORWARD",
        "OPTIONS, HTTP/1.1, false, 0, ANSWER",
        "OPTIONS, HTTP/1.1, false, 000, ANSWER",
        "OPTIONS, HTTP/1.1, false, 1, FORWARD",
        "OPTIONS, HTTP/1.1, false, 999999999, FORWARD",
        "OPTIONS, HTTP/1.1, false, 1000000000, REFUSE",
        "OPTIONS, HTTP/1.1, false, -1, REFUSE",
        "OPTIONS, HTTP/1.1, false, '', REFUSE",
        "OPTIONS, HTTP/1.1, false, '1, 2', REFUSE",
        "GET, HTTP/1.1, false, 0, FORWARD",
      })
  void aRequestIsForwardedAnsweredOrRefused(
      String method, String protocol, boolean coded, String maxForwards, String expected) {
    assertThat(RequestPolicy.decide(method, protocol, coded, maxForwards))
        .isEqualTo(RequestPolicy.Decision.valueOf(expected));
  }
}
