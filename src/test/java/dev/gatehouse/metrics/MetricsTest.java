package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Metrics metrics = new Metrics(nanos::get);

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "99, 0 0 0 0 0",
    "0, 0 0 0 0 0",
    "100, 1 0 0 0 0",
    "200, 0 1 0 0 0",
    "299, 0 1 0 0 0",
    "304, 0 0 1 0 0",
    "499, 0 0 0 1 0",
    "500, 0 0 0 0 1",
    "599, 0 0 0 0 1",
    "600, 0 0 0 0 0",
    "999, 0 0 0 0 0",
  })
  void anAnswerIsCountedByTheClassOfItsStatus(int status, String expected) {
    metrics.begin();
    metrics.end(status);
    assertThat(
            "%d %d %d %d %d"
                .formatted(
                    metrics.answered(1),
                    metrics.answered(2),
                    metrics.answered(3),
                    metrics.answered(4),
                    metrics.answered(5)))
        .isEqualTo(expected);
    assertThat(metrics.inFlight()).isZero();
    assertThat(metrics.requests()).isEqualTo(1);
  }

  @Test
  void whatHasBegunAndNotEndedIsInFlight() {
    metrics.begin();
    metrics.begin();
    metrics.begin();
    metrics.end(200);
    assertThat(metrics.requests()).isEqualTo(3);
    assertThat(metrics.inFlight()).isEqualTo(2);
  }

  @Test
  void itIsQuietSinceTheLastRequestHasEnded() {
    assertThat(metrics.quiet()).isGreaterThan(Duration.ofHours(1));
    metrics.begin();
    metrics.begin();
    assertThat(metrics.quiet()).isGreaterThan(Duration.ofHours(1));
    metrics.end(200);
    nanos.addAndGet(7);
    assertThat(metrics.quiet()).isEqualTo(Duration.ofNanos(7));
    metrics.end(200);
    assertThat(metrics.quiet()).isZero();
  }
}
