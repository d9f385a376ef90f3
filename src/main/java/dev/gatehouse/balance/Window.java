package dev.gatehouse.balance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests and failures of the last ten seconds, in buckets of one.
 *
 * <p>Anyone counts, without a lock; only the pool, under its lock, turns and sums.
 */
final class Window {
  private static final int BUCKETS = 10;
  private static final long BUCKET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongAdder[] requests = adders();
  private final LongAdder[] failures = adders();
  private long turnedNanos;
  private volatile int bucket;

  Window(long nowNanos) {
    this.turnedNanos = nowNanos;
  }

  private static LongAdder[] adders() {
    LongAdder[] adders = new LongAdder[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }

  void count(boolean failed) {
    int now = bucket;
    requests[now].increment();
    if (failed) {
      failures[now].increment();
    }
  }

  /** Forgets what is older than ten seconds. */
  void turn(long nowNanos) {
    long turns = (nowNanos - turnedNanos) / BUCKET_NANOS;
    for (long i = 0; i < Math.min(turns, BUCKETS); i++) {
      int next = (bucket + 1) % BUCKETS;
      requests[next].reset();
      failures[next].reset();
      bucket = next;
    }
    turnedNanos += Math.max(0, turns) * BUCKET_NANOS;
  }

  /** Forgets everything. */
  void clear() {
    for (int i = 0; i < BUCKETS; i++) {
      requests[i].reset();
      failures[i].reset();
    }
  }

  long requests() {
    return sum(requests);
  }

  long failures() {
    return sum(failures);
  }

  private static long sum(LongAdder[] adders) {
    long sum = 0;
    for (LongAdder adder : adders) {
      sum += adder.sum();
    }
    return sum;
  }
}
