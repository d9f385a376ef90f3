package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
  private final Secret secret = new Secret("sesame");

  @Test
  void aSecretShowsItselfOnlyWhenAsked() {
    assertThat(secret).hasToString("***");
    assertThat(secret.reveal()).isEqualTo("sesame");
  }

  @Test
  void secretsAreEqualIfTheirValuesAre() {
    assertThat(secret).isEqualTo(new Secret("sesame")).hasSameHashCodeAs(new Secret("sesame"));
    assertThat(secret).isNotEqualTo(new Secret("simsim")).isNotEqualTo("sesame");
  }
}
