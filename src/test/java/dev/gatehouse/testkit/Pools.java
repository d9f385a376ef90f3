package dev.gatehouse.testkit;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.RetryOn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of pools in which only what matters to a test is other than usual. */
public final class Pools {
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY");

  private Pools() {}

  /** Checks that take statuses from 200 to 399. */
  public static PoolConfig.Health health(
      String path, Duration interval, Duration timeout, int maxFailures, int minSuccesses) {
    return new PoolConfig.Health(
        path,
        interval,
        interval,
        timeout,
        maxFailures,
        minSuccesses,
        List.of(new PoolConfig.StatusRange(200, 399)),
        Optional.empty(),
        List.of());
  }

  /** Without waiting, and with no budget to be spent. */
  public static PoolConfig.Retry retry(int maxRetries, RetryOn... on) {
    return new PoolConfig.Retry(
        maxRetries,
        Set.of(on),
        IDEMPOTENT,
        65_536,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        100);
  }
}
