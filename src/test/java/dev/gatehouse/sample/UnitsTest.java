package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
  @ParameterizedTest
  @CsvSource({"250ms,250", "10s,10000", "1m,60000", "2h,7200000", "10S,10000", "0,0"})
  void aDurationHasAUnit(String text, long millis) {
    assertThat(Units.duration(text, ChronoUnit.MILLIS)).hasMillis(millis);
  }

  @Test
  void aBareNumberHasTheCallersUnit() {
    assertThat(Units.duration("10", ChronoUnit.SECONDS)).isEqualTo(Duration.ofSeconds(10));
    assertThat(Units.duration("10", ChronoUnit.MILLIS)).isEqualTo(Duration.ofMillis(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1.5s", "10 s", "10d", "12345678901", "1k"})
  void anythingElseIsNoDuration(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Units.duration(text, ChronoUnit.MILLIS))
        .withMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "512,512", "100k,102400", "2m,2097152", "1g,1073741824", "1K,1024"})
  void aSizeCountsInPowersOf1024(String text, long bytes) {
    assertThat(Units.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1kb", "1.5k", "1s"})
  void anythingElseIsNoSize(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Units.bytes(text));
  }

  @ParameterizedTest
  @CsvSource({"100,100", "0.5,0.5", "100/s,100", "30/m,0.5"})
  void aRateIsPerSecondOrPerMinute(String text, double perSecond) {
    assertThat(Units.perSecond(text)).isEqualTo(perSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1/h", "NaN", "1e3", "ten"})
  void anythingElseIsNoRate(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Units.perSecond(text));
  }
}
