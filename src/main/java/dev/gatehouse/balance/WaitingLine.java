package dev.gatehouse.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait until an upstream of a pool has room, in order of arrival, but retries first.
 *
 * <p>Thread-safe. While nobody waits, the others only read a volatile field. No wake-up is lost:
 * who joins asks once more for room, and who gives room back looks at the line afterwards; one of
 * both sees the other.
 */
final class WaitingLine {
  private final Bounds bounds;
  private final Set<Waiting> retries = new LinkedHashSet<>(); // guarded by this, as all else
  private final Set<Waiting> firsts = new LinkedHashSet<>();
  private volatile int length;
  private volatile boolean holdsFirsts;
  private boolean closed;

  WaitingLine(Bounds bounds) {
    this.bounds = bounds;
  }

  int length() {
    return length;
  }

  /** Whether anyone waits who would take any backend, so that there is none for who comes now. */
  boolean holdsFirsts() {
    return holdsFirsts;
  }

  /** Joins the line; false if it is full or closed. */
  synchronized boolean join(Waiting one) {
    if (closed || length >= bounds.maxWaiting()) {
      return false;
    }
    lineOf(one).add(one);
    count();
    return true;
  }

  synchronized void remove(Waiting one) {
    lineOf(one).remove(one);
    count();
  }

  private Set<Waiting> lineOf(Waiting one) {
    return one.isRetry() ? retries : firsts;
  }

  private void count() {
    length = retries.size() + firsts.size();
    holdsFirsts = !firsts.isEmpty();
  }

  private record Served(Waiting one, Lease lease) {}

  /**
   * Calls those for whom there is room now.
   *
   * @param lender gives what there is, or null; takes no lock that is held where others call this
   */
  void serve(Function<Waiting, @Nullable Lease> lender) {
    while (length > 0) {
      Served served = next(lender);
      if (served == null) {
        return;
      }
      call(served.one, served.lease);
    }
  }

  private synchronized @Nullable Served next(Function<Waiting, @Nullable Lease> lender) {
    Served served = next(retries, lender);
    return served == null ? next(firsts, lender) : served;
  }

  /** One may wait for a backend that others would not get: it does not hold them up. */
  private @Nullable Served next(Set<Waiting> some, Function<Waiting, @Nullable Lease> lender) {
    Set<Waiting.Wish> inVain = new HashSet<>();
    for (Waiting one : some) {
      if (inVain.add(one.wish())) {
        Served served = serve(one, lender);
        if (served != null) {
          return served;
        }
      }
    }
    return null;
  }

  private @Nullable Served serve(Waiting one, Function<Waiting, @Nullable Lease> lender) {
    Lease lease = lender.apply(one);
    if (lease == null) {
      return null;
    }
    remove(one);
    return new Served(one, lease);
  }

  /** Sends those away whose time is up before the next look. */
  void expire(Duration next) {
    if (length == 0) {
      return;
    }
    long then = bounds.nanoTime().getAsLong() + next.toNanos();
    List<Waiting> late = new ArrayList<>();
    synchronized (this) {
      retries.removeIf(each -> each.isOverdue(then) && late.add(each));
      firsts.removeIf(each -> each.isOverdue(then) && late.add(each));
      count();
    }
    late.forEach(each -> call(each, null));
  }

  /** Sends everybody away, and whoever comes. */
  void close() {
    List<Waiting> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(retries);
      all.addAll(firsts);
      retries.clear();
      firsts.clear();
      count();
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
