package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** What there was of tries of one request so far. There is one try at a time. */
final class Tries {
  private final PoolConfig.Retry retry;
  private final long totalNanos;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private Set<Upstream> tried = Set.of();
  private int begun;
  private int sent;
  private boolean fresh;

  /**
   * None yet.
   *
   * @param total for all of them; zero: no bound
   * @param nanoTime monotonic
   */
  Tries(PoolConfig.Retry retry, Duration total, LongSupplier nanoTime) {
    this.retry = retry;
    this.totalNanos = total.toNanos();
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  /** One more begins: which one, from 1. */
  int begin() {
    return ++begun;
  }

  int begun() {
    return begun;
  }

  /** How often the request was sent, wholly or in part, but for what a fresh connection mended. */
  int sent() {
    return sent;
  }

  /** Whether a dead connection was stood in for. */
  boolean hadFresh() {
    return fresh;
  }

  /** Those that have failed. */
  Set<Upstream> tried() {
    return tried;
  }

  /** Whether the upstream of this id is among them. */
  boolean hasTried(String upstreamId) {
    for (Upstream upstream : tried) {
      if (upstream.id().equals(upstreamId)) {
        return true;
      }
    }
    return false;
  }

  /** One has failed. */
  void failedAt(Upstream upstream, boolean wasSent) {
    if (tried.isEmpty()) {
      tried = new LinkedHashSet<>(4);
    }
    tried.add(upstream);
    sent += wasSent ? 1 : 0;
  }

  /** The last one is made good by one on a fresh connection, which is free. */
  void mend(boolean wasSent) {
    fresh = true;
    sent -= wasSent ? 1 : 0;
  }

  long elapsedNanos() {
    return nanoTime.getAsLong() - startNanos;
  }

  /** Whether there is time for another one. */
  boolean inTime() {
    long most = retry.timeout().toNanos();
    long elapsed = elapsedNanos();
    return (most == 0 || elapsed < most) && (totalNanos == 0 || elapsed < totalNanos);
  }

  /** How long to wait before the next one. */
  long pauseNanos() {
    return RetryPolicy.backoffNanos(retry, sent, ThreadLocalRandom.current().nextDouble());
  }
}
