package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Latency latency = new Latency();

  @Test
  void nothingIsKnownBeforeTheFirstAnswer() {
    assertThat(latency.at(0)).isZero();
    assertThat(latency.at(SECOND)).isZero();
  }

  @Test
  void aSlowerAnswerCountsAtOnce() {
    latency.answered(2 * MILLI, 0);
    latency.answered(500 * MILLI, SECOND);
    assertThat(latency.at(SECOND)).isCloseTo(5e8f, Percentage.withPercentage(1));
  }

  @Test
  void aFasterOneCountsByTheTimeThatHasGoneBy() {
    latency.answered(500 * MILLI, 0);
    latency.answered(100 * MILLI, 10 * SECOND);
    double expected = 500 / Math.E + 100 * (1 - 1 / Math.E);
    assertThat((double) latency.at(10 * SECOND) / MILLI).isEqualTo(expected, within(1.0));
  }

  @Test
  void manyFastAnswersHealSlowlyHoweverManyThereAre() {
    latency.answered(SECOND, 0);
    for (long now = 0; now < 10 * SECOND; now += MILLI / 5) {
      latency.answered(MILLI, now);
    }
    assertThat((double) latency.at(10 * SECOND) / MILLI).isEqualTo(1000 / Math.E, within(20.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5_000_000_000L, -30_000_000_000L, 1L << 51})
  void itFadesAndIsForgottenAfterAMinuteWhateverTheClockSays(long start) {
    latency.answered(100 * MILLI, start);
    assertThat((double) latency.at(start + 10 * SECOND) / MILLI)
        .isEqualTo(100 / Math.E, within(0.5));
    assertThat(latency.at(start + 55 * SECOND)).isPositive();
    assertThat(latency.at(start + 61 * SECOND)).isZero();
  }

  @Test
  void aClockReadEarlierByAnotherThreadDoesNoHarm() {
    latency.answered(100 * MILLI, 10 * SECOND);
    assertThat(latency.at(9 * SECOND)).isEqualTo(latency.at(10 * SECOND));
  }

  @Test
  void aFailureMakesItLookSlowerEachTime() {
    latency.failed(0, 0);
    assertThat(latency.at(0)).isEqualTo(1e7f);
    latency.failed(MILLI, 0);
    assertThat(latency.at(0)).isEqualTo(2e7f);
    for (int i = 0; i < 40; i++) {
      latency.failed(MILLI, 0);
    }
    assertThat(latency.at(0)).isEqualTo(60f * SECOND);
  }

  @Test
  void anAnswerInNoTimeIsKnown() {
    latency.answered(0, 0);
    assertThat(latency.at(0)).isPositive();
  }
}
