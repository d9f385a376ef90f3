package dev.gatehouse.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counters of the whole application since its start. Thread-safe. */
public final class Metrics {
  private static final long LONG_AGO_NANOS = Duration.ofDays(1).toNanos();

  private final LongSupplier nanoTime;
  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder[] byClass = {
    new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()
  };

  private volatile long lastEndNanos;

  /**
   * All zero.
   *
   * @param nanoTime monotonic
   */
  public Metrics(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastEndNanos = nanoTime.getAsLong() - LONG_AGO_NANOS;
  }

  void begin() {
    begun.increment();
  }

  void end(int status) {
    lastEndNanos = nanoTime.getAsLong(); // first: who finds none in flight must find it, too
    ended.increment();
    int statusClass = status / 100;
    if (statusClass >= 1 && statusClass <= byClass.length) {
      byClass[statusClass - 1].increment();
    }
  }

  /** Requests that have come in, refused ones included. */
  public long requests() {
    return begun.sum();
  }

  /** Requests that have come in and are not over. */
  public long inFlight() {
    long over = ended.sum(); // first, so that the difference is never negative
    return begun.sum() - over;
  }

  /** How long ago a request ended last; a long time if none did. */
  public Duration quiet() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastEndNanos);
  }

  /**
   * Ended requests by class of status.
   *
   * @param statusClass 1 for 1xx to 5 for 5xx
   */
  public long answered(int statusClass) {
    return byClass[statusClass - 1].sum();
  }
}
