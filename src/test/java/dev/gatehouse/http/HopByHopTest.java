package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §7.6.1 connection-specific fields")
class HopByHopTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "TE",
        "Transfer-Encoding",
        "Upgrade",
        "Trailer",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "Proxy-Authentication-Info",
        "HTTP2-Settings",
        "transfer-encoding",
        "CONNECTION",
        "te",
      })
  void someFieldsAreNeverForwardedInWhateverCase(String name) {
    assertThat(HopByHop.always(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "Host", "Via", "Trailers", "T", "", "Cookie"})
  void otherFieldsPass(String name) {
    assertThat(HopByHop.always(name)).isFalse();
  }

  @ParameterizedTest(name = "Connection: {0} -> {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "''; ''",
        "close; ''",
        "Close, keep-alive; ''",
        "upgrade, TE; ''",
        "X-Secret; X-Secret",
        "close, X-Secret; X-Secret",
        "X-B,X-A; X-A X-B",
        "' , ,X-A , '; X-A",
        "'X-A,\tX-B'; X-A X-B",
        "X-A, x-a; X-A",
        "'Content-Length, X-A'; X-A",
      })
  void aConnectionFieldNominatesOthers(String value, String expected) {
    Set<String> names = HopByHop.nominated(List.of(value));
    assertThat(String.join(" ", names)).isEqualTo(expected);
  }

  @Test
  void severalConnectionFieldsAreOneList() {
    assertThat(HopByHop.nominated(List.of("X-A", "close", "X-B"))).containsExactly("X-A", "X-B");
    assertThat(HopByHop.nominated(List.of())).isEmpty();
  }

  @Test
  void nominationIgnoresCase() {
    Set<String> names = HopByHop.nominated(List.of("x-secret"));
    assertThat(names.contains("X-Secret")).isTrue();
    assertThat(names.contains("X-Public")).isFalse();
  }

  @Test
  void theUsualConnectionFieldsCostNoSet() {
    assertThat(HopByHop.nominated(List.of("keep-alive"))).isSameAs(Set.of());
    assertThat(HopByHop.nominated(List.of()).contains("Any")).isFalse();
  }
}
