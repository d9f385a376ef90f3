package dev.gatehouse.balance;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one server is doing now and has done so far, whatever its id: a lease of a candidate counts
 * for the one that follows it, too.
 *
 * <p>Thread-safe.
 */
final class Load {
  private static final long NEVER = Long.MIN_VALUE;

  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder lent = new LongAdder();
  private final Map<Ending.Kind, LongAdder> endings = new EnumMap<>(Ending.Kind.class);
  private final @Nullable AdaptiveLimit adaptive;
  private volatile int limit;
  private volatile long keptNanos = NEVER;

  Load(int limit, boolean adaptive) {
    this.adaptive = adaptive ? new AdaptiveLimit(limit) : null;
    this.limit = limit;
    for (Ending.Kind kind : Ending.Kind.values()) {
      endings.put(kind, new LongAdder());
    }
  }

  int inFlight() {
    return inFlight.get();
  }

  int limit() {
    return limit;
  }

  long lent() {
    return lent.sum();
  }

  long count(Ending.Kind kind) {
    return counter(kind).sum();
  }

  /** A client that stays with it has come, at this time of a monotonic clock. */
  void keeps(long nowNanos) {
    keptNanos = nowNanos;
  }

  /** How long ago that was last; empty: never. */
  OptionalLong keptAgoNanos(long nowNanos) {
    long kept = keptNanos;
    return kept == NEVER ? OptionalLong.empty() : OptionalLong.of(Math.max(0, nowNanos - kept));
  }

  /** Counts one more request, unless it is full. */
  boolean begin() {
    int most = limit;
    for (int now = inFlight.get(); now < most; now = inFlight.get()) {
      if (inFlight.compareAndSet(now, now + 1)) {
        lent.increment();
        return true;
      }
    }
    return false;
  }

  void end(Ending ending) {
    int others = inFlight.decrementAndGet();
    counter(ending.kind()).increment();
    if (adaptive != null) {
      limit = adaptive.after(ending, others + 1);
    }
  }

  private LongAdder counter(Ending.Kind kind) {
    return Objects.requireNonNull(endings.get(kind));
  }
}
