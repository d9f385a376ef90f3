package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverridingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"X-Original-URL", "x-rewrite-url", "X-Original-Uri", "x-original-url", "PROXY"})
  void aBackendMustNotActOnAnotherTargetThanWeSaw(String name) {
    assertThat(Overriding.is(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "X-HTTP-Method-Override",
        "X-Original-Dog",
        "X-Rewrite-Dog",
        "Range",
        "Proxy-A"
      })
  void otherFieldsPass(String name) {
    assertThat(Overriding.is(name)).isFalse();
  }
}
