package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * How much is asked of a pool at once, and what becomes of the rest.
 *
 * @param limit requests that an upstream may have at a time
 * @param adaptive whether an upstream gets fewer while it is slower than usual
 * @param maxWaiting requests that wait until an upstream has room; more are turned away
 * @param patience how long one waits
 * @param executor runs what goes on after the wait
 * @param nanoTime a monotonic clock
 */
public record Bounds(
    int limit,
    boolean adaptive,
    int maxWaiting,
    Duration patience,
    Executor executor,
    LongSupplier nanoTime) {

  /**
   * Those of a configured pool. There are never more requests than connections: one more would wait
   * in the HTTP client, without a bound on the time.
   *
   * @param maxConnections that an upstream may have
   */
  public static Bounds of(
      PoolConfig.Limits limits, int maxConnections, Executor executor, LongSupplier nanoTime) {
    int wanted = limits.maxInFlight() > 0 ? limits.maxInFlight() : maxConnections;
    return new Bounds(
        Math.min(wanted, maxConnections),
        limits.adaptive(),
        limits.maxQueued(),
        limits.queueTimeout(),
        executor,
        nanoTime);
  }
}
