package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.RetryOn;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** What there was of tries of one request so far. There is one try at a time. */
final class Tries {
  private final PoolConfig.Retry retry;
  private final long totalNanos;
  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private Set<Upstream> tried = Set.of();
  private int begun;
  private int sent;
  private boolean fresh;
  private long waitStartNanos;
  private long waitedNanos;

  /**
   * None yet.
   *
   * @param total for all of them; zero: no bound
   * @param patience for all waits for a backend with room
   * @param nanoTime monotonic
   */
  Tries(PoolConfig.Retry retry, Duration total, Duration patience, LongSupplier nanoTime) {
    this.retry = retry;
    this.totalNanos = total.toNanos();
    this.patienceNanos = patience.toNanos();
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
    return (most == 0 || elapsedNanos() < most) && !isTimeUp();
  }

  /** Whether the time for all of them is over. */
  boolean isTimeUp() {
    return totalNanos > 0 && elapsedNanos() >= totalNanos;
  }

  /**
   * Until when a wait may last that begins now: what was waited before counts, and after it there
   * must be time for a try.
   */
  long waitUntilNanos() {
    long now = nanoTime.getAsLong();
    long elapsed = now - startNanos;
    long left = patienceNanos - waitedNanos;
    if (totalNanos > 0) {
      left = Math.min(left, totalNanos - elapsed);
    }
    if (begun > 0 && !retry.timeout().isZero()) {
      left = Math.min(left, retry.timeout().toNanos() - elapsed);
    }
    waitStartNanos = now;
    return now + left;
  }

  /** The wait is over. */
  void waited() {
    waitedNanos += nanoTime.getAsLong() - waitStartNanos;
  }

  /** What follows after a failed one. */
  RetryPolicy.Step after(String method, Attempt.Failure how, boolean bodyLost) {
    var failed =
        new RetryPolicy.Failed(
            method,
            how.why(),
            sent,
            how.answered(),
            bodyLost,
            how.untouched(),
            how.pooled(),
            fresh);
    return inTime() ? RetryPolicy.after(failed, retry) : RetryPolicy.Step.GIVE_UP;
  }

  /** Whether another one may follow after a response with this status. */
  boolean goOnAfter(String method, RetryOn status, boolean bodyLost) {
    var failed = new RetryPolicy.Failed(method, status, sent, false, bodyLost, false, false, true);
    return inTime() && RetryPolicy.after(failed, retry) == RetryPolicy.Step.ANOTHER_LATER;
  }

  /** How long to wait before the next one. */
  long pauseNanos() {
    return RetryPolicy.backoffNanos(retry, sent, ThreadLocalRandom.current().nextDouble());
  }
}
