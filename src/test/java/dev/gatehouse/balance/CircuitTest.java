package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Circuit.State;
import dev.gatehouse.config.PoolConfig.Breaker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitTest {
  private static final long SECOND = 1_000_000_000;
  private static final Breaker HALF = new Breaker(50, Duration.ofSeconds(10));
  private static final Circuit OPEN = new Circuit(State.OPEN, 0);

  @ParameterizedTest(name = "{1} of {0} at {2} %: {3}")
  @CsvSource({
    "19, 19, 50, CLOSED",
    "20, 9, 50, CLOSED",
    "20, 10, 50, OPEN",
    "1000, 499, 50, CLOSED",
    "1000, 500, 50, OPEN",
    "20, 20, 100, OPEN",
    "20, 1, 1, OPEN",
    "20, 20, 0, CLOSED",
  })
  void itOpensAtItsRateOfTwentyRequestsOrMore(long requests, long failures, int rate, State state) {
    var settings = new Breaker(rate, Duration.ofSeconds(10));
    assertThat(Circuit.CLOSED.after(requests, failures, settings, 7).state()).isEqualTo(state);
  }

  @Test
  void afterAWhileATryDecides() {
    assertThat(OPEN.at(HALF, 10 * SECOND - 1)).isSameAs(OPEN);
    Circuit half = OPEN.at(HALF, 10 * SECOND);
    assertThat(half.state()).isEqualTo(State.HALF_OPEN);
    assertThat(half.after(100, 100, HALF, 11 * SECOND)).as("no try").isSameAs(half);
    assertThat(half.afterTry(true, 11 * SECOND)).as("nobody tries").isSameAs(half);
    Circuit trying = half.withTry();
    assertThat(trying).isEqualTo(new Circuit(State.TRYING, 10 * SECOND));
    assertThat(trying.after(100, 100, HALF, 11 * SECOND)).as("another").isSameAs(trying);
    assertThat(trying.afterTry(false, 11 * SECOND))
        .isEqualTo(new Circuit(State.CLOSED, 11 * SECOND));
    assertThat(trying.afterTry(true, 11 * SECOND)).isEqualTo(new Circuit(State.OPEN, 11 * SECOND));
    assertThat(trying.withoutTry()).isEqualTo(half);
    assertThat(half.at(HALF, 20 * SECOND)).isEqualTo(new Circuit(State.HALF_OPEN, 20 * SECOND));
    assertThat(trying.at(HALF, 20 * SECOND)).isEqualTo(new Circuit(State.HALF_OPEN, 20 * SECOND));
    assertThat(trying.at(HALF, 20 * SECOND - 1)).isSameAs(trying);
    assertThat(Circuit.CLOSED.at(HALF, 20 * SECOND)).isSameAs(Circuit.CLOSED);
  }

  @Test
  void onlyAHalfOpenOneIsTried() {
    for (Circuit each : new Circuit[] {Circuit.CLOSED, OPEN}) {
      assertThat(each.withTry()).isSameAs(each);
      assertThat(each.withoutTry()).isSameAs(each);
      assertThat(each.isTry() || each.isHalfOpen()).isFalse();
    }
  }

  @RepeatedTest(50)
  void theWindowHoldsTheLastTenSecondsGiveOrTakeOne(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    long now = Long.MAX_VALUE - 3 * SECOND; // a monotonic clock may well overflow
    Window window = new Window(now);
    Deque<long[]> counted = new ArrayDeque<>();
    for (int i = 0; i < 400; i++) {
      boolean failed = random.nextBoolean();
      window.count(failed);
      counted.add(new long[] {now, failed ? 1 : 0});
      now += random.nextInt(400) * 1_000_000L;
      if (random.nextInt(50) == 0) {
        now += 12 * SECOND;
      }
      window.turn(now);
      long end = now;
      counted.removeIf(each -> end - each[0] >= 10 * SECOND);
      long surely = counted.stream().filter(each -> end - each[0] < 9 * SECOND).count();
      assertThat(window.requests()).isBetween(surely, (long) counted.size());
      assertThat(window.failures())
          .isLessThanOrEqualTo(counted.stream().mapToLong(each -> each[1]).sum());
    }
    window.clear();
    assertThat(window.requests() + window.failures()).isZero();
  }

  @Test
  void aClockThatStandsStillTurnsNothing() {
    Window window = new Window(5);
    window.count(true);
    window.turn(5);
    window.turn(4);
    assertThat(window.requests()).isEqualTo(1);
    assertThat(window.failures()).isEqualTo(1);
  }
}
