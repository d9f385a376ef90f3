package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Pools;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveLimitTest {
  private static final int MOST = 100;

  private final AdaptiveLimit limit = new AdaptiveLimit(MOST);

  @Test
  void itStaysWhereItIsWhileAllIsAsUsual() {
    assertThat(after(1_000, answered(10), 50)).isEqualTo(MOST);
  }

  @Test
  void itGoesDownWhenAnswersTakeLongerThanUsualAndUpAgain() {
    after(1_000, answered(10), MOST);
    assertThat(after(200, answered(200), MOST)).isLessThan(MOST / 2);
    assertThat(after(5_000, answered(10), MOST)).isGreaterThan(MOST * 9 / 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void itGoesDownWhenTheBackendRefuses(int status) {
    assertThat(after(10, Ending.answered(status, 1), MOST)).isLessThan(40);
    assertThat(after(1_000, answered(10), MOST)).isEqualTo(MOST);
  }

  @Test
  void itGoesDownWithTimeoutsAndNeverToNothing() {
    assertThat(after(1_000, Ending.timedOut(), MOST)).isEqualTo(1);
  }

  @Test
  void whatSaysNothingOfLoadChangesNothing() {
    assertThat(after(100, Ending.cancelled(), MOST)).isEqualTo(MOST);
    assertThat(after(100, Ending.connectFailed(), MOST)).isEqualTo(MOST);
    assertThat(after(100, Ending.answered(200, 0), MOST)).isEqualTo(MOST);
  }

  @Test
  void thePoolLendsNoMoreThanThat() {
    Bounds bounds = new Bounds(10, true, 0, Duration.ZERO, Runnable::run, () -> 0);
    var pool = Pools.pool("p", Upstreams.weighted(1), new RoundRobin(), bounds);
    for (int i = 0; i < 100; i++) {
      Upstreams.lend(pool, RequestKey.ANY).close(Ending.timedOut());
    }
    assertThat(pool.candidates().get(0).limit()).isEqualTo(1);
    assertThat(pool.lend(RequestKey.ANY, Set.of())).isNotNull();
    assertThat(pool.lend(RequestKey.ANY, Set.of())).isNull();
  }

  private static Ending answered(int millis) {
    return Ending.answered(200, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private int after(int times, Ending ending, int inFlight) {
    int now = MOST;
    for (int i = 0; i < times; i++) {
      now = limit.after(ending, inFlight);
    }
    return now;
  }
}
