package dev.gatehouse.balance;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request's place in the line for a backend. Thread-safe. */
public final class Waiting {
  private final WaitingLine line;
  private final RequestKey key;
  private final Consumer<@Nullable Lease> next;
  private final long deadlineNanos;

  Waiting(WaitingLine line, RequestKey key, Consumer<@Nullable Lease> next, long deadlineNanos) {
    this.line = line;
    this.key = key;
    this.next = next;
    this.deadlineNanos = deadlineNanos;
  }

  /** Waits no longer. Who was called meanwhile, or is just being called, has to go on as called. */
  public void leave() {
    line.remove(this);
  }

  RequestKey key() {
    return key;
  }

  boolean isOverdue(long nanoTime) {
    return nanoTime - deadlineNanos >= 0;
  }

  void goOn(@Nullable Lease lease) {
    next.accept(lease);
  }
}
