package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadScheduleTest {
  @ParameterizedTest
  @CsvSource({"100,10,1000", "0.5,10,5", "0.01,1,1", "3,1,3"})
  void thereAreRateTimesDurationRequests(double perSecond, long seconds, long count) {
    assertThat(LoadSchedule.of(perSecond, Duration.ofSeconds(seconds), 0).count()).isEqualTo(count);
  }

  @Test
  void theyAreEvenlySpacedWithoutDrift() {
    LoadSchedule schedule = LoadSchedule.of(3, Duration.ofHours(1), 0);
    assertThat(schedule.nanosOf(0)).isZero();
    assertThat(schedule.nanosOf(1)).isEqualTo(333_333_333L);
    assertThat(schedule.nanosOf(9_000)).isEqualTo(Duration.ofMinutes(50).toNanos());
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.3,300", "0.5,500", "1,1000"})
  void postsHaveTheirShare(double ratio, long posts) {
    LoadSchedule schedule = LoadSchedule.of(1000, Duration.ofSeconds(1), ratio);
    assertThat(LongStream.range(0, 1000).filter(schedule::isPost).count()).isEqualTo(posts);
  }

  @Test
  void postsAreSpread() {
    LoadSchedule schedule = LoadSchedule.of(8, Duration.ofSeconds(1), 0.25);
    assertThat(LongStream.range(0, 8).filter(schedule::isPost)).containsExactly(3L, 7L);
  }
}
