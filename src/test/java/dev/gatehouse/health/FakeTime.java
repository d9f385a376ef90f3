package dev.gatehouse.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/** A timer and both clocks in one, moved by hand. */
final class FakeTime implements Timer, LongSupplier, InstantSource {
  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private record Planned(long dueNanos, Runnable work) {}

  private final List<Planned> planned = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1_000; // a monotonic clock may well overflow
  private final long startNanos = nanos;
  private boolean closed;

  @Override
  public void after(Duration delay, Runnable work) {
    if (!closed) {
      planned.add(new Planned(nanos - startNanos + delay.toNanos(), work));
    }
  }

  @Override
  public void close() {
    closed = true;
    planned.clear();
  }

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return T0.plusNanos(nanos - startNanos);
  }

  /** Does what is due now, and what that makes due now. */
  void run() {
    advance(Duration.ZERO);
  }

  /** Moves on, and does what is due on the way at its time. */
  void advance(Duration step) {
    long endNanos = nanos - startNanos + step.toNanos();
    while (true) {
      var next =
          planned.stream()
              .filter(p -> p.dueNanos() <= endNanos)
              .min(Comparator.comparingLong(Planned::dueNanos));
      if (next.isEmpty()) {
        break;
      }
      planned.remove(next.get());
      nanos = startNanos + Math.max(nanos - startNanos, next.get().dueNanos());
      next.get().work().run();
    }
    nanos = startNanos + endNanos;
  }

  /** How long until the earliest planned work. */
  Duration untilNext() {
    long due = planned.stream().mapToLong(Planned::dueNanos).min().orElseThrow();
    return Duration.ofNanos(due - (nanos - startNanos));
  }

  int plannedCount() {
    return planned.size();
  }
}
