package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainDurationTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.0009S, 0 ms",
    "PT0.25S, 250 ms",
    "PT1S, 1 s",
    "PT1.5S, 1500 ms",
    "PT12.7S, 12 s",
    "PT60S, 1 min",
    "PT4M12S, 4 min 12 s",
    "PT1H, 1 h",
    "PT3H5M7S, 3 h 5 min",
    "P2DT4H30M, 2 d 4 h",
    "P10D, 10 d",
  })
  void durationsReadAsAnOperatorWouldSayThem(Duration duration, String words) {
    assertThat(PlainDuration.of(duration)).isEqualTo(words);
  }
}
