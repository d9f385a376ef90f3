package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §7.6.3 Via")
class ViaTest {
  private static final String NAME = "gatehouse-0a1b2c";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1 gatehouse-0a1b2c",
        "HTTP/1.1 GATEHOUSE-0A1B2C",
        "2 gatehouse-0a1b2c (a comment, and more)",
        "1.0 fred, 1.1 gatehouse-0a1b2c",
        "1.0 fred (open, 1.1\tgatehouse-0a1b2c\t(x)",
        " ,, 1.1  gatehouse-0a1b2c  , 2 fred",
      })
  void aMessageThatHasBeenHereIsKnown(String value) {
    assertThat(Via.names(value, NAME)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "1.1",
        "gatehouse-0a1b2c",
        "1.1 gatehouse-0a1b2d",
        "1.1 gatehouse-0a1b2c:80",
        "1.1 gatehouse-0a1b2c2",
        "1.1 xgatehouse-0a1b2c",
        "1.1 fred (gatehouse-0a1b2c)",
        "1.1 gatehouse",
      })
  void othersAreNotTakenForUs(String value) {
    assertThat(Via.names(value, NAME)).isFalse();
  }
}
