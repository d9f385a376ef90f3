package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private long now = Long.MAX_VALUE - millis(20); // it may overflow
  private Pace pace = Pace.since(now);

  /** One after the other. */
  private void answer(long millis) {
    long asked = now;
    now += millis(millis);
    pace = pace.after(asked, now);
  }

  @ParameterizedTest(name = "{0} slow and {1} quick, again and again: {2}")
  @CsvSource({"1, 0, true", "1, 3, true", "1, 4, false", "9, 36, false", "0, 1, false"})
  void moreThanAFifthMayNotBeSlow(int slow, int quick, boolean ends) {
    boolean ended = false;
    for (int i = 0; i < 100; i++) {
      for (int each = 0; each < slow + quick; each++) {
        answer(each < slow ? 13 : 12);
        ended |= pace.isTooSlow();
      }
    }
    assertThat(ended).isEqualTo(ends);
  }

  @Test
  void tenInARowAreTooMany() {
    for (int i = 0; i < 9; i++) {
      answer(49);
    }
    assertThat(pace.isTooSlow()).isFalse();
    answer(49);
    assertThat(pace.isTooSlow()).isTrue();
  }

  /**
   * Some ask, one a millisecond, and all are answered at once when a pause is over; then others do.
   */
  @ParameterizedTest(name = "{0} at once, {1} pauses of {2} ms: {3}")
  @CsvSource({
    "10, 1, 20, false",
    "30, 1, 45, false",
    "30, 9, 45, false",
    "30, 10, 45, true",
    "1, 9, 20, false",
    "1, 10, 20, true",
    "10, 100, 12, false"
  })
  void thoseThatWaitAtOnceAreOne(int atOnce, int pauses, int millis, boolean ends) {
    for (int i = 0; i < pauses; i++) {
      long over = now + millis(millis);
      for (int each = 0; each < atOnce; each++) {
        long asked = now + millis(each);
        if (!Pace.isQuick(over - asked)) { // as the quick ones would only make good
          pace = pace.after(asked, over);
        }
      }
      now = over;
    }
    assertThat(pace.isTooSlow()).isEqualTo(ends);
  }

  /** Each of many asks again at once, and they overlap all the time. */
  @ParameterizedTest(name = "{0} at once, each answer after {1} ms: {2}")
  @CsvSource({"2, 15, true", "15, 15, true", "15, 45, true", "12, 12, false"})
  void oneThatIsAlwaysSlowIsSoForManyAtOnce(int atOnce, int millis, boolean ends) {
    for (int i = 0; i < atOnce * 20; i++) {
      long asked = now + millis((long) i * millis / atOnce);
      pace = pace.after(asked, asked + millis(millis));
    }
    assertThat(pace.isTooSlow()).isEqualTo(ends);
  }

  @Test
  void whoHadAskedBeforeItBeganIsNotCounted() {
    pace = pace.after(now - 1, now + millis(49));
    assertThat(pace.debt()).isZero();
  }

  private static long millis(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }
}
