package dev.gatehouse.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Counters of the whole application since its start. Thread-safe. */
public final class Metrics {
  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder[] byClass = {
    new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()
  };

  void begin() {
    begun.increment();
  }

  void end(int status) {
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

  /**
   * Ended requests by class of status.
   *
   * @param statusClass 1 for 1xx to 5 for 5xx
   */
  public long answered(int statusClass) {
    return byClass[statusClass - 1].sum();
  }
}
