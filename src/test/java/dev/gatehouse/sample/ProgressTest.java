package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  @Test
  void theBarFills() {
    assertThat(Progress.bar(0, 10)).isEqualTo("[" + " ".repeat(30) + "]   0 %");
    assertThat(Progress.bar(5, 10)).isEqualTo("[" + "=".repeat(15) + " ".repeat(15) + "]  50 %");
    assertThat(Progress.bar(10, 10)).isEqualTo("[" + "=".repeat(30) + "] 100 %");
  }

  @Test
  void theLineCountsWhatIsOnTheWay() {
    assertThat(Progress.line(Duration.ofMillis(2500), 200, 190, 3, 1000))
        .isEqualTo("  2 s: sent 200 of 1000, in flight 10, failed 3");
  }

  @Test
  void anAnswerCountedBeforeItsRequestIsNotNegative() {
    assertThat(Progress.line(Duration.ZERO, 1, 2, 0, 9)).contains("in flight 0");
  }
}
