package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §5.6.2 tokens")
class TokenTest {
  private static final String OTHERS = "!#$%&'*+-.^_`|~";

  @Test
  void exactlyLettersDigitsAndFifteenSignsAreTokenChars() {
    for (char c = 0; c < 256; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      assertThat(Token.isTokenChar(c))
          .as("char %d", (int) c)
          .isEqualTo(letter || digit || OTHERS.indexOf(c) >= 0);
    }
    assertThat(Token.isTokenChar('\u0131')).isFalse();
    assertThat(Token.isTokenChar('\uff21')).isFalse();
  }

  @ParameterizedTest(name = "''{0}'' -> {1}")
  @CsvSource({"GET, true", "x, true", "a b, false", "'', false", "'a:', false", "ä, false"})
  void aTokenIsNotEmptyAndHasTokenCharsOnly(String text, boolean expected) {
    assertThat(Token.is(text)).isEqualTo(expected);
  }
}
