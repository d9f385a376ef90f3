package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormTokenTest {
  private final FormToken tokens = new FormToken(new byte[] {1, 2, 3});

  @Test
  void aTokenIsGoodForItsKeyAndNoOther() {
    String token = tokens.of("me");
    assertThat(tokens.matches("me", token)).isTrue();
    assertThat(tokens.matches("you", token)).isFalse();
    assertThat(tokens.matches("me", "")).isFalse();
    assertThat(tokens.matches("me", token + "A")).isFalse();
  }

  @Test
  void anotherStartMakesOthers() {
    assertThat(new FormToken(new byte[] {3, 2, 1}).matches("me", tokens.of("me"))).isFalse();
  }

  @Test
  void itGoesIntoAFormAsItIs() {
    assertThat(tokens.of("me")).matches("[A-Za-z0-9_-]{43}");
  }
}
