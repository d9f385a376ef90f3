package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishTest {
  @ParameterizedTest
  @CsvSource({
    "new disk, new disk",
    "Größe <b> \"x\", Größe <b> \"x\"",
    "'a\r\nb', a\\u{d}\\u{a}b",
    "'a\u001b[2J', a\\u{1b}[2J",
    "'a\u2028b\u202ec', a\\u{2028}b\\u{202e}c",
    "'a\ud800b', a\\u{d800}b",
  })
  void aReasonStaysOnItsLineAndSpeaksToNoTerminal(String given, String fit) {
    assertThat(Wish.of("me", given)).isEqualTo(new Wish("me", fit));
  }
}
