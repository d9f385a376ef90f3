package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Ending;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.RetryOn;
import dev.gatehouse.testkit.Pools;
import java.io.EOFException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TriesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10); // it may overflow

  @Test
  void allWaitsTogetherHaveTheTimeOfOne() {
    Tries tries = tries(Duration.ZERO, Duration.ZERO);
    assertThat(leftToWait(tries)).isEqualTo(SECOND);
    pass(Duration.ofMillis(400));
    tries.waited();
    tries.begin();
    pass(Duration.ofSeconds(7)); // a try is no wait
    assertThat(leftToWait(tries)).isEqualTo(Duration.ofMillis(600));
    pass(Duration.ofMillis(600));
    tries.waited();
    assertThat(leftToWait(tries)).isZero();
  }

  @Test
  void noWaitOutlastsTheWholeExchange() {
    Tries tries = tries(Duration.ofMillis(1_500), Duration.ZERO);
    assertThat(leftToWait(tries)).isEqualTo(SECOND);
    pass(SECOND);
    assertThat(leftToWait(tries)).isEqualTo(Duration.ofMillis(500));
    assertThat(tries.isTimeUp()).isFalse();
    pass(Duration.ofMillis(500));
    assertThat(tries.isTimeUp()).isTrue();
    assertThat(tries.inTime()).isFalse();
    assertThat(tries(Duration.ZERO, Duration.ZERO).isTimeUp()).isFalse();
  }

  @Test
  void aFurtherTryIsWaitedForOnlyWhileItMayBegin() {
    Tries tries = tries(Duration.ZERO, Duration.ofMillis(300));
    assertThat(leftToWait(tries)).as("the first one may").isEqualTo(SECOND);
    tries.begin();
    assertThat(leftToWait(tries)).isEqualTo(Duration.ofMillis(300));
    assertThat(tries.inTime()).isTrue();
    pass(Duration.ofMillis(300));
    assertThat(tries.inTime()).isFalse();
    assertThat(tries.isTimeUp()).isFalse();
  }

  @Test
  void afterTheTimeForTriesNoneFollows() {
    Tries tries = tries(SECOND, Duration.ZERO);
    var broken =
        new Attempt.Failure(new EOFException(), RetryOn.RESET, false, false, false, Ending.reset());
    assertThat(tries.after("GET", broken, false)).isEqualTo(RetryPolicy.Step.ANOTHER_LATER);
    assertThat(tries.after("GET", broken, true)).isEqualTo(RetryPolicy.Step.GIVE_UP);
    assertThat(tries.goOnAfter("GET", RetryOn.STATUS_503, false)).isTrue();
    assertThat(tries.goOnAfter("POST", RetryOn.STATUS_503, false)).isFalse();
    pass(SECOND);
    assertThat(tries.after("GET", broken, false)).isEqualTo(RetryPolicy.Step.GIVE_UP);
    assertThat(tries.goOnAfter("GET", RetryOn.STATUS_503, false)).isFalse();
  }

  private Duration leftToWait(Tries tries) {
    return Duration.ofNanos(tries.waitUntilNanos() - nanos.get());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** With a second of patience. */
  private Tries tries(Duration total, Duration retryTimeout) {
    PoolConfig.Retry usual = Pools.retry(1, RetryOn.values());
    var retry =
        new PoolConfig.Retry(
            1, usual.on(), usual.methods(), 0, retryTimeout, Duration.ZERO, Duration.ZERO, 100);
    return new Tries(retry, total, SECOND, nanos::get);
  }
}
