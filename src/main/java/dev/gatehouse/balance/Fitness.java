package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What traffic and time tell of one candidate.
 *
 * <p>Moved under the pool's lock, but that any request may become the one that tries; anyone may
 * read it, and count.
 */
final class Fitness {
  static final int FULL = 100;
  private static final int STEP = 10;

  private final Window window;
  private final AtomicReference<Circuit> circuit = new AtomicReference<>(Circuit.CLOSED);
  private volatile Ejection ejection = Ejection.NONE;
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
    return Objects.requireNonNull(circuit.get());
  }

  /** Of its weight, while it warms up; a multiple of ten. */
  int percent() {
    return percent;
  }

  /** Whether traffic has nothing against it. */
  boolean isOpen() {
    return !ejection.out() && circuit().state() != Circuit.State.OPEN;
  }

  /** The circuit in which one more request may go there; null: another one is trying. */
  @Nullable Circuit admit() {
    Circuit now = circuit();
    if (now.isTry()) {
      return null;
    }
    Circuit then = now.withTry();
    return then.equals(now) || circuit.compareAndSet(now, then) ? then : null;
  }

  /** The request that was admitted in this circuit tells nothing: if it was to try, another may. */
  void tryAgain(Circuit lent) {
    if (lent.isTry()) {
      circuit.compareAndSet(lent, lent.withoutTry());
    }
  }

  void set(Ejection next) {
    ejection = next;
  }

  void set(Circuit next) {
    circuit.set(next);
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
