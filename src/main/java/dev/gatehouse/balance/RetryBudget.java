package dev.gatehouse.balance;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Bounds the retries of a pool to a part of its requests, so that what fails is not asked for more
 * than it would be anyway. Three a second are always allowed.
 *
 * <p>Thread-safe: a request costs one compare-and-set, a retry takes the lock.
 */
public final class RetryBudget {
  private static final int SECONDS = 10;
  private static final int ALWAYS = 3 * SECONDS;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long COUNT = (1L << 32) - 1;

  private final int percent;
  private final LongSupplier nanoTime;
  private final long startNanos;

  /** One slot a second: which second from the start (upper half), and how many (lower half). */
  private final AtomicLongArray requests = new AtomicLongArray(SECONDS + 1);

  private final AtomicLongArray retries = new AtomicLongArray(SECONDS + 1);
  private volatile long total;

  /**
   * Nothing spent yet.
   *
   * @param percent of the requests of ten seconds
   * @param nanoTime monotonic
   */
  public RetryBudget(int percent, LongSupplier nanoTime) {
    this.percent = percent;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  /** Counts a request, which is not a retry. */
  public void request() {
    count(requests, second());
  }

  /** Whether one retry more is allowed; if so, it is counted. */
  public synchronized boolean take() {
    long second = second();
    long allowed = Math.max(ALWAYS, sum(requests, second) * percent / 100);
    if (sum(retries, second) >= allowed) {
      return false;
    }
    count(retries, second);
    total++;
    return true;
  }

  /** Retries since the start. */
  public long retries() {
    return total;
  }

  /** How many retries would be allowed now. */
  public long left() {
    long second = second();
    long allowed = Math.max(ALWAYS, sum(requests, second) * percent / 100);
    return Math.max(0, allowed - sum(retries, second));
  }

  private long second() {
    return (nanoTime.getAsLong() - startNanos) / SECOND_NANOS + 1; // a slot of zero is empty
  }

  private static void count(AtomicLongArray slots, long second) {
    int index = (int) (second % slots.length());
    long before;
    long after;
    do {
      before = slots.get(index);
      after = before >>> 32 == second ? before + 1 : second << 32 | 1;
    } while (!slots.compareAndSet(index, before, after));
  }

  private static long sum(AtomicLongArray slots, long second) {
    long sum = 0;
    for (int i = 0; i < slots.length(); i++) {
      long slot = slots.get(i);
      if (slot >>> 32 > second - SECONDS) {
        sum += slot & COUNT;
      }
    }
    return sum;
  }
}
