package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What traffic and time tell of one candidate.
 *
 * <p>Moved under the pool's lock only; anyone may read it, and count.
 */
final class Fitness {
  static final int FULL = 100;
  private static final int STEP = 10;

  private final Window window;
  private final AtomicBoolean trying = new AtomicBoolean();
  private volatile Ejection ejection = Ejection.NONE;
  private volatile Circuit circuit = Circuit.CLOSED;
  private volatile int percent = FULL;
  private long warmSinceNanos;

  Fitness(long nowNanos) {
    this.window = new Window(nowNanos);
  }

  Window window() {
    return window;
  }

  Ejection ejection() {
    return ejection;
  }

  Circuit circuit() {
    return circuit;
  }

  /** Of its weight, while it warms up; a multiple of ten. */
  int percent() {
    return percent;
  }

  /** Whether traffic has nothing against it. */
  boolean isOpen() {
    return !ejection.out() && circuit.state() != Circuit.State.OPEN;
  }

  /** Whether the next request there is the one that tries. */
  boolean isHalfOpen() {
    return circuit.state() == Circuit.State.HALF_OPEN;
  }

  /** Whether one more request may go there; asked once for each. */
  boolean admits() {
    return !isHalfOpen() || trying.compareAndSet(false, true);
  }

  /** The request that was admitted as a try did not try. */
  void tryAgain() {
    trying.set(false);
  }

  void set(Ejection next) {
    ejection = next;
  }

  void set(Circuit next) {
    circuit = next;
    trying.set(false);
    if (next.state() == Circuit.State.CLOSED) {
      window.clear();
    }
  }

  /** Its share starts small, if that is wanted. */
  void cool(PoolConfig.Balance settings, long nowNanos) {
    warmSinceNanos = nowNanos;
    percent = settings.slowStart().isZero() ? FULL : STEP;
  }

  /** Lets it warm up; whether that changed its share. */
  boolean warm(PoolConfig.Balance settings, long nowNanos) {
    int before = percent;
    if (before < FULL) {
      percent = percent(settings.slowStart(), nowNanos - warmSinceNanos);
    }
    return percent != before;
  }

  /** From a tenth at the start to all at the end. */
  static int percent(Duration slowStart, long nanos) {
    if (nanos >= slowStart.toNanos()) {
      return FULL;
    }
    int steps = FULL / STEP - 1;
    return STEP + STEP * (int) (Math.max(0, nanos) / (double) slowStart.toNanos() * steps);
  }
}
