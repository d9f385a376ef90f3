package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Head;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request to the origin for a key, and those who wait for what it brings. Thread-safe; tells
 * followers outside of its lock.
 */
final class Flight {
  private final List<Follower> waiting = new ArrayList<>();
  private @Nullable Shared shared;
  private boolean over;

  /** Somebody who waits. Its methods are quick: what takes time is done on other threads. */
  interface Follower {
    /** What a response is selected by. */
    Fields request();

    /** Whether a response may be read along while it comes; else its end is waited for. */
    boolean readsAlong();

    /** When it no longer waits, by a monotonic clock. */
    long deadlineNanos();

    /** The response, which may still be coming. */
    void serve(Head head, Capture capture);

    /** Something is stored, or the leader has given up: look again. */
    void again();

    /** What came is not for this one: go without waiting. */
    void alone();
  }

  /**
   * A response that others may have.
   *
   * @param fits whether it is the one for these request fields (RFC 9111 §4.1)
   */
  private record Shared(Supplier<Head> head, Capture capture, Predicate<Fields> fits) {}

  /**
   * One more who waits.
   *
   * @return false if the flight is over
   */
  boolean follow(Follower follower) {
    Shared now;
    synchronized (this) {
      if (over) {
        return false;
      }
      now = shared;
      if (now == null || !follower.readsAlong()) {
        waiting.add(follower);
        return true;
      }
    }
    serve(follower, now);
    return true;
  }

  private static void serve(Follower follower, Shared shared) {
    if (shared.fits().test(follower.request())) {
      follower.serve(shared.head().get(), shared.capture());
    } else {
      follower.alone(); // until this one has ended, a look would lead back here
    }
  }

  synchronized boolean hasFollowers() {
    Shared now = shared;
    return !waiting.isEmpty() || (now != null && now.capture().hasReaders());
  }

  /** The response comes, and others may have it while it does. */
  void share(Supplier<Head> head, Capture capture, Predicate<Fields> fits) {
    Shared now = new Shared(head, capture, fits);
    List<Follower> along = new ArrayList<>();
    synchronized (this) {
      shared = now;
      for (Iterator<Follower> each = waiting.iterator(); each.hasNext(); ) {
        Follower follower = each.next();
        if (follower.readsAlong()) {
          each.remove();
          along.add(follower);
        }
      }
    }
    along.forEach(each -> serve(each, now));
  }

  /** Something was stored that they may find, or there is nothing to wait for. */
  void landed() {
    end().forEach(Follower::again);
  }

  /** Nobody may have what came. */
  void dissolve() {
    end().forEach(Follower::alone);
  }

  private synchronized List<Follower> end() {
    over = true;
    List<Follower> left = List.copyOf(waiting);
    waiting.clear();
    return left;
  }

  /**
   * Lets those go who have waited for too long.
   *
   * @param patienceNanos how long readers wait for one that does not read
   */
  void expire(long nowNanos, long patienceNanos) {
    List<Follower> late = new ArrayList<>();
    Shared now;
    synchronized (this) {
      now = shared;
      for (Iterator<Follower> each = waiting.iterator(); each.hasNext(); ) {
        Follower follower = each.next();
        if (nowNanos - follower.deadlineNanos() >= 0) {
          each.remove();
          late.add(follower);
        }
      }
    }
    late.forEach(Follower::alone);
    if (now != null) {
      now.capture().expire(nowNanos, patienceNanos);
    }
  }

  /** One who waits no more. */
  synchronized void leave(Follower follower) {
    waiting.remove(follower);
  }
}
