package dev.gatehouse.proxy;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who waits for the next chunk, if anybody does; called once. Thread-safe. */
final class Demand {
  private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();

  void begin(Runnable ready) {
    waiting.set(ready);
  }

  /** Whether anybody waited, who is not called any more. */
  boolean cancel() {
    return waiting.getAndSet(null) != null;
  }

  /** Calls who waits; of two threads that do so, one. */
  void meet() {
    Runnable ready = waiting.getAndSet(null);
    if (ready != null) {
      ready.run();
    }
  }
}
