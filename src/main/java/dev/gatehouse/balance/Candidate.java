package dev.gatehouse.balance;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One upstream of a pool together with what it is doing now and has done so far.
 *
 * <p>Thread-safe; only a {@link Lease} moves the counters.
 */
public final class Candidate {
  private final Upstream upstream;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder served = new LongAdder();
  private final LongAdder failed = new LongAdder();

  Candidate(Upstream upstream) {
    this.upstream = upstream;
  }

  public Upstream upstream() {
    return upstream;
  }

  /** Requests lent and not yet given back. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Requests that were answered, whatever the status. */
  public long served() {
    return served.sum();
  }

  /** Requests that got no usable answer: refused, reset, too late. */
  public long failed() {
    return failed.sum();
  }

  void begin() {
    inFlight.incrementAndGet();
  }

  void end(boolean answered) {
    inFlight.decrementAndGet();
    (answered ? served : failed).increment();
  }

  @Override
  public String toString() {
    return upstream.toString();
  }
}
