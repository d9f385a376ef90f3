package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoadReportTest {
  @Test
  void theDistributionShowsSharesAndDeviations() {
    Map<String, Long> counts = new TreeMap<>(Map.of("a:1", 30L, "a:2", 25L, "a:30", 20L));
    assertThat(LoadReport.distribution(counts))
        .containsExactly(
            "  a:1        30   40.00 %  +20.00 %",
            "  a:2        25   33.33 %  +0.00 %", "  a:30       20   26.67 %  -20.00 %");
  }

  @Test
  void withoutAnswersThereIsNoDistribution() {
    assertThat(LoadReport.distribution(Map.of())).isEmpty();
  }

  @Test
  void latencyIsInMilliseconds() {
    Tally tally = new Tally();
    for (int millis = 1; millis <= 1000; millis++) {
      tally.answered("GET", 200, "a", TimeUnit.MILLISECONDS.toNanos(millis));
    }
    assertThat(LoadReport.latency(tally.micros()))
        .matches("p50 500\\.[0-9]  p90 900\\.[0-9]  p99 99[01]\\.[0-9]  .*  max 1000\\.[0-9]");
  }

  @Test
  void errorsAndRefusalsAreFailuresOfTheirMethod() {
    Tally tally = new Tally();
    tally.answered("GET", 200, "a", 1000);
    tally.answered("GET", 302, "a", 1000);
    tally.answered("POST", 503, Tally.NO_BACKEND, 1000);
    tally.failed("GET", "timeout");
    tally.failed("POST", "timeout");
    assertThat(tally.failures()).isEqualTo(3);
    assertThat(tally.finished()).isEqualTo(5);
    assertThat(tally.statuses()).isEqualTo(Map.of(200, 1L, 302, 1L, 503, 1L));
    assertThat(LoadReport.lines(tally))
        .contains("  2  timeout")
        .last()
        .isEqualTo("failed GET 1, failed POST 2");
  }

  @Test
  void anEndlessLatencyIsCapped() {
    Tally tally = new Tally();
    tally.answered("GET", 200, "a", Long.MAX_VALUE);
    tally.answered("GET", 200, "a", -1);
    assertThat(tally.micros().getTotalCount()).isEqualTo(2);
  }
}
