package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnStatusTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        400, 401, 403, 404, 405, 408, 413, 414, 417, 421, 429, 431, 500, 501, 502, 503, 504, 505,
        508
      })
  void eachHasWordsOfItsOwnThatFitIntoJson(int status) {
    OwnStatus words = OwnStatus.of(status);
    assertThat(words).isNotEqualTo(OwnStatus.of(499));
    assertThat(words.reason()).matches("[A-Z][A-Za-z -]+");
    assertThat(words.detail()).matches("[A-Z][A-Za-z ,;]+\\.");
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 416, 507})
  void othersHaveWordsTooAsContainersMayMakeThem(int status) {
    assertThat(OwnStatus.of(status).reason()).isEqualTo("Error");
  }
}
