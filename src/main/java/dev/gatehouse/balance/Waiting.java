package dev.gatehouse.balance;

import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request's place in the line for a backend. Equal only to itself. */
public final class Waiting {
  /** What decides whether there is room for it; who wants the same waits for the same. */
  record Wish(Set<Upstream> tried, String preferred) {}

  private final RequestKey key;
  private final Wish wish;
  private final long untilNanos;
  private final Consumer<@Nullable Lease> next;

  /**
   * A place to be taken by {@link UpstreamPool#await}.
   *
   * @param tried backends that will do only while there is no other
   * @param untilNanos by the pool's clock
   * @param next called on another thread, once: with a lease, or with null when the wait was too
   *     long or the pool was closed
   */
  public Waiting(
      RequestKey key, Set<Upstream> tried, long untilNanos, Consumer<@Nullable Lease> next) {
    this.key = key;
    this.wish = new Wish(Set.copyOf(tried), key.preferred());
    this.untilNanos = untilNanos;
    this.next = next;
  }

  RequestKey key() {
    return key;
  }

  Set<Upstream> tried() {
    return wish.tried;
  }

  Wish wish() {
    return wish;
  }

  boolean isRetry() {
    return key.attempt() > 0;
  }

  boolean isOverdue(long nanoTime) {
    return nanoTime - untilNanos >= 0;
  }

  void goOn(@Nullable Lease lease) {
    next.accept(lease);
  }
}
