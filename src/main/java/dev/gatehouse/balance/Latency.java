package dev.gatehouse.balance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How slow a backend is, as a peak EWMA: a slower answer counts at once, and is forgotten over
 * time.
 *
 * <p>Thread-safe without locks or allocation: nanoseconds and the time of their measurement are one
 * number.
 */
final class Latency {
  private static final int TICK = 20; // a tick is 2^20 ns, about a millisecond
  private static final float TAU = ticks(10);
  private static final int FORGOTTEN = ticks(60);
  private static final float LEAST_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(10);
  private static final float MOST_AFTER_FAILURE = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong state = new AtomicLong(); // tick, float; zero: not known

  /** In nanoseconds; 0: nothing is known, or not any more. */
  float at(long nowNanos) {
    long known = state.get();
    return nanos(known) * remaining(known, tick(nowNanos));
  }

  /** An answer took so long. */
  void answered(long nanos, long nowNanos) {
    move(Math.max(1, nanos), false, nowNanos);
  }

  /** It failed, however fast: it seems twice as slow as before. */
  void failed(long nanos, long nowNanos) {
    move(nanos, true, nowNanos);
  }

  private void move(long nanos, boolean failed, long nowNanos) {
    int tick = tick(nowNanos);
    long before;
    long after;
    do {
      before = state.get();
      after = after(before, (float) nanos, failed, tick);
    } while (before != after && !state.compareAndSet(before, after));
  }

  private static long after(long known, float nanos, boolean failed, int tick) {
    float rest = remaining(known, tick);
    float before = nanos(known) * rest;
    if (failed) {
      float worse = Math.max(Math.max(nanos, 2 * before), LEAST_AFTER_FAILURE);
      return state(tick, Math.min(worse, MOST_AFTER_FAILURE));
    }
    return state(tick, nanos > before ? nanos : before + nanos * (1 - rest));
  }

  /** How much of what is known still counts. */
  private static float remaining(long known, int tick) {
    int age = tick - (int) (known >>> 32); // right over the counter's overflow, too
    if (age > FORGOTTEN || age < -FORGOTTEN) {
      return 0;
    }
    return age <= 0 ? 1 : (float) Math.exp(-age / TAU);
  }

  private static long state(int tick, float nanos) {
    return (long) tick << 32 | Float.floatToRawIntBits(nanos);
  }

  private static float nanos(long state) {
    return Float.intBitsToFloat((int) state);
  }

  private static int tick(long nanos) {
    return (int) (nanos >> TICK);
  }

  private static int ticks(int seconds) {
    return (int) (TimeUnit.SECONDS.toNanos(seconds) >> TICK);
  }
}
