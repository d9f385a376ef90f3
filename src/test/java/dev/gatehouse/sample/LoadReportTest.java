package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoadReportTest {
  private static final AnsweredBy A = AnsweredBy.backend("a");

  @Test
  void theDistributionShowsSharesAndDeviations() {
    Map<String, Long> counts = new TreeMap<>(Map.of("a:1", 30L, "a:2", 25L, "a:30", 20L));
    assertThat(LoadReport.distribution(counts, Map.of()))
        .containsExactly(
            "  a:1        30   40.00 %  +20.00 %",
            "  a:2        25   33.33 %  +0.00 %", "  a:30       20   26.67 %  -20.00 %");
  }

  @Test
  void withoutAnswersThereIsNoDistribution() {
    assertThat(LoadReport.distribution(Map.of(), Map.of())).isEmpty();
  }

  @Test
  void whatNoBackendAnsweredIsNoPartOfTheShares() {
    Tally tally = new Tally();
    for (int i = 0; i < 4; i++) {
      tally.answered("POST", 200, AnsweredBy.backend("a:" + i % 2), 1000);
    }
    for (int i = 0; i < 6; i++) {
      tally.answered("GET", 200, AnsweredBy.CACHE, 1000);
    }
    tally.answered("GET", 200, AnsweredBy.COLLAPSED, 1000);
    tally.answered("GET", 503, AnsweredBy.UNKNOWN, 1000);
    assertThat(LoadReport.lines(tally))
        .containsSequence(
            "Answers by X-Backend-Server (share of these, deviation from an even share):",
            "  a:0                           2   50.00 %  +0.00 %",
            "  a:1                           2   50.00 %  +0.00 %",
            "  from the cache                6",
            "  with another's request        1",
            "  no backend named              1");
  }

  @Test
  void answersOfTheCacheAloneHaveNoShares() {
    assertThat(LoadReport.distribution(Map.of(), Map.of(AnsweredBy.CACHE, 3L)))
        .containsExactly("  from the cache        3");
  }

  @Test
  void latencyIsInMilliseconds() {
    Tally tally = new Tally();
    for (int millis = 1; millis <= 1000; millis++) {
      tally.answered("GET", 200, A, TimeUnit.MILLISECONDS.toNanos(millis));
    }
    assertThat(LoadReport.latency(tally.micros()))
        .matches("p50 500\\.[0-9]  p90 900\\.[0-9]  p99 99[01]\\.[0-9]  .*  max 1000\\.[0-9]");
  }

  @Test
  void errorsAndRefusalsAreFailuresOfTheirMethod() {
    Tally tally = new Tally();
    tally.answered("GET", 200, A, 1000);
    tally.answered("GET", 302, A, 1000);
    tally.answered("POST", 503, AnsweredBy.UNKNOWN, 1000);
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
    tally.answered("GET", 200, A, Long.MAX_VALUE);
    tally.answered("GET", 200, A, -1);
    assertThat(tally.micros().getTotalCount()).isEqualTo(2);
  }
}
