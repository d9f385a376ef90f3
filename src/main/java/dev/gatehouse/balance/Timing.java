package dev.gatehouse.balance;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What the policies by time look at: latency x requests in flight. Thread-safe. */
final class Timing {
  private static final double UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;

  Timing(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** What one more request would cost there: less is better. */
  static double cost(Roster roster, int index, long now) {
    Candidate candidate = roster.get(index);
    int busy = candidate.inFlight();
    double nanos = candidate.latency().at(now);
    if (nanos == 0 && busy > 0) {
      nanos = UNKNOWN_NANOS; // one request finds out; the others need not wait for it
    }
    return nanos * (busy + 1) / roster.weight(index);
  }

  void learn(Candidate candidate, Ending ending) {
    if (ending.kind() == Ending.Kind.CANCELLED) {
      return;
    }
    if (ending.isAnswered() && !ending.isServerError()) {
      candidate.latency().answered(ending.nanos(), now());
    } else {
      candidate.latency().failed(ending.nanos(), now());
    }
  }
}
