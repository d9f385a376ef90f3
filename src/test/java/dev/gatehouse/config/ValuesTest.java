package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "1500, PT1.5S",
    "20ms, PT0.02S",
    "10s, PT10S",
    "10S, PT10S",
    "5m, PT5M",
    "2h, PT2H",
    "1d, PT24H",
    "PT10S, PT10S",
    "pt1m, PT1M",
    "366d, PT8784H",
  })
  void aDurationHasAUnitOrIsInMilliseconds(String text, Duration expected) {
    assertThat(Values.duration(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "-1",
        "1.5s",
        "1 s",
        "1w",
        "10sec",
        "PT-1S",
        "P",
        "367d",
        "1000000000000000",
        "99999999999999999999s",
        "999999999999999d",
      })
  void whatIsNoDurationIsRefused(String text) {
    assertThat(Values.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4k, 4096",
    "4K, 4096",
    "2m, 2097152",
    "1g, 1073741824",
    "2147483647, 2147483647"
  })
  void aSizeHasAUnitOrIsInBytes(String text, int expected) {
    assertThat(Values.size(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1kb", "1.5k", "2g", "2147483648", "999999999999999g"})
  void whatIsNoSizeIsRefused(String text) {
    assertThat(Values.size(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "ON, true", "False, false", "off, false", "yes,", "1,", "'',"})
  void aFlagIsTrueOrFalseOrOnOrOff(String text, Boolean expected) {
    assertThat(Values.flag(text).orElse(null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "12k,", "-1,", "2147483648,", "a,"})
  void aNumberIsDigitsOnly(String text, Integer expected) {
    assertThat(Values.number(text).orElse(null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"PT0.1S, 100ms", "PT1M, 60s", "PT1.5S, 1500ms"})
  void aDurationIsShownAsAnOperatorWouldWriteIt(Duration duration, String expected) {
    assertThat(Values.text(duration)).isEqualTo(expected);
  }
}
