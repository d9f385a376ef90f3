package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlsTest {
  private static final Controls NOTHING_ASKED =
      new Controls(200, Duration.ZERO, OptionalLong.empty(), Optional.empty(), false);

  @Test
  void everyControlIsRead() {
    String query = "status=503&delay=250ms&size=100k&cacheControl=max-age%3D60&abort=middle";
    assertThat(Controls.parse(query))
        .isEqualTo(
            new Controls(
                503,
                Duration.ofMillis(250),
                OptionalLong.of(102_400),
                Optional.of("max-age=60"),
                true));
  }

  @Test
  void theFieldsEqualsSignNeedsNoEncoding() {
    assertThat(Controls.parse("cacheControl=public,max-age=60").cacheControl())
        .contains("public,max-age=60");
  }

  @Test
  void noQueryAsksForNothing() {
    assertThat(Controls.parse(null)).isEqualTo(NOTHING_ASKED);
    assertThat(Controls.parse("")).isEqualTo(NOTHING_ASKED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1&b", "a=%zz", "&&", "=status=503", "Status=503", "xstatus=1"})
  void otherNamesMeanNothing(String query) {
    assertThat(Controls.parse(query)).isEqualTo(NOTHING_ASKED);
  }

  @Test
  void ofARepeatedNameTheFirstCounts() {
    assertThat(Controls.parse("status=404&status=503").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=600",
        "status=101",
        "status=",
        "delay=1x",
        "delay=11m",
        "size=-1",
        "size=2g",
        "abort=end",
        "cacheControl=a%0d%0ab"
      })
  void aMalformedValueIsExplained(String query) {
    String name = query.substring(0, query.indexOf('='));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Controls.parse(query))
        .withMessageStartingWith(name + ": ");
  }
}
