package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "0af7651916cd43dd", "a-b_c.d:e/f@g=h+i", "{}[]<>,;!#%&*~"})
  void visibleCharactersAreSane(String id) {
    assertThat(RequestId.isSane(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\tb",
        "a\r\nb",
        "\u001b[1m",
        "a\"b",
        "a'b",
        "a\\b",
        "\u007f",
        "\u00e9",
        "\u2028"
      })
  void whatCouldDoHarmSomewhereIsNot(String id) {
    assertThat(RequestId.isSane(id)).isFalse();
  }

  @Test
  void anIdHasAtMost128Characters() {
    assertThat(RequestId.isSane("x".repeat(128))).isTrue();
    assertThat(RequestId.isSane("x".repeat(129))).isFalse();
  }

  @Test
  void allBitsAreInIt() {
    assertThat(RequestId.of(0x0123456789abcdefL, 0xfedcba9876543210L))
        .isEqualTo("0123456789abcdeffedcba9876543210");
    assertThat(RequestId.of(0, -1)).isEqualTo("0000000000000000ffffffffffffffff");
    assertThat(RequestId.isSane(RequestId.of(1, 2))).isTrue();
  }
}
