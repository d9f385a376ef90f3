package dev.gatehouse.events;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The last fifty events. Thread-safe. */
public final class EventLog {
  private static final int CAPACITY = 50;

  private final InstantSource clock;
  private final Deque<Event> events = new ArrayDeque<>(CAPACITY); // guarded by itself
  private long count; // guarded by events

  public EventLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Something came about. */
  public void add(String pool, String backend, String what, String cause) {
    add(pool, backend, what, cause, "");
  }

  /** Somebody wanted something. */
  public void add(String pool, String backend, String what, String cause, String by) {
    Event event = new Event(clock.instant(), pool, backend, what, cause, by);
    synchronized (events) {
      if (events.size() == CAPACITY) {
        events.removeFirst();
      }
      events.addLast(event);
      count++;
    }
  }

  /** How many there have been, those that were dropped included: it changes with each. */
  public long count() {
    synchronized (events) {
      return count;
    }
  }

  /** The newest first. */
  public List<Event> last() {
    List<Event> last;
    synchronized (events) {
      last = new ArrayList<>(events);
    }
    Collections.reverse(last);
    return last;
  }
}
