package dev.gatehouse.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait until an upstream of a pool has room, in order of arrival.
 *
 * <p>Thread-safe. While nobody waits, the others only read a volatile field. No wake-up is lost:
 * who joins asks once more for room, and who gives room back looks at the line afterwards; one of
 * both sees the other.
 */
final class WaitingLine {
  private final Bounds bounds;
  private final Set<Waiting> waiting = new LinkedHashSet<>(); // guarded by this
  private volatile int length;
  private boolean closed; // guarded by this

  WaitingLine(Bounds bounds) {
    this.bounds = bounds;
  }

  int length() {
    return length;
  }

  /** Joins the line; null if it is full or closed. */
  synchronized @Nullable Waiting join(RequestKey key, Consumer<@Nullable Lease> next) {
    if (closed || waiting.size() >= bounds.maxWaiting()) {
      return null;
    }
    long deadline = bounds.nanoTime().getAsLong() + bounds.patience().toNanos();
    Waiting last = new Waiting(this, key, next, deadline);
    waiting.add(last);
    length = waiting.size();
    return last;
  }

  synchronized boolean remove(Waiting one) {
    boolean was = waiting.remove(one);
    length = waiting.size();
    return was;
  }

  /**
   * Calls those at the head for whom there is room now.
   *
   * @param lender gives what there is, or null; takes no lock that is held where others call this
   */
  void serve(Function<RequestKey, @Nullable Lease> lender) {
    while (length > 0) {
      Waiting first;
      Lease lease;
      synchronized (this) {
        Iterator<Waiting> line = waiting.iterator();
        if (!line.hasNext()) {
          return;
        }
        first = line.next();
        lease = lender.apply(first.key());
        if (lease == null) {
          return;
        }
        line.remove();
        length = waiting.size();
      }
      call(first, lease);
    }
  }

  /** Sends those away whose time is up before the next look. */
  void expire(Duration next) {
    if (length == 0) {
      return;
    }
    long then = bounds.nanoTime().getAsLong() + next.toNanos();
    List<Waiting> late = new ArrayList<>();
    synchronized (this) {
      Iterator<Waiting> line = waiting.iterator();
      while (line.hasNext()) {
        Waiting first = line.next();
        if (!first.isOverdue(then)) {
          break; // those behind came later
        }
        late.add(first);
        line.remove();
      }
      length = waiting.size();
    }
    late.forEach(each -> call(each, null));
  }

  /** Sends everybody away, and whoever comes. */
  void close() {
    List<Waiting> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(waiting);
      waiting.clear();
      length = 0;
    }
    all.forEach(each -> call(each, null));
  }

  private void call(Waiting one, @Nullable Lease lease) {
    try {
      bounds.executor().execute(() -> one.goOn(lease));
    } catch (RejectedExecutionException e) {
      one.goOn(lease); // the last ones, while we are stopped; a lease must not be lost
    }
  }
}
