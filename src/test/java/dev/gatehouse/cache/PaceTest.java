package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  @ParameterizedTest(name = "{0} slow and {1} quick, again and again: {2}")
  @CsvSource({"1, 0, true", "1, 3, true", "1, 4, false", "9, 36, false", "0, 1, false"})
  void moreThanAFifthMayNotBeSlow(int slow, int quick, boolean ends) {
    Pace pace = Pace.QUICK;
    boolean ended = false;
    for (int i = 0; i < 100; i++) {
      for (int each = 0; each < slow + quick; each++) {
        pace = pace.after(millis(each < slow ? 13 : 12));
        ended |= pace.isTooSlow();
      }
    }
    assertThat(ended).isEqualTo(ends);
  }

  @Test
  void tenInARowAreTooMany() {
    Pace pace = Pace.QUICK;
    for (int i = 0; i < 9; i++) {
      pace = pace.after(millis(49));
    }
    assertThat(pace.isTooSlow()).isFalse();
    assertThat(pace.after(millis(49)).isTooSlow()).isTrue();
  }

  private static long millis(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }
}
