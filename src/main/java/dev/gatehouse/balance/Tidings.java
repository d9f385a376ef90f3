package dev.gatehouse.balance;

import dev.gatehouse.events.EventLog;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came about in a pool, kept until it may be told: not under the pool's lock, and not by a
 * request. The log may block, so it is told by a thread that nobody waits for. Thread-safe.
 */
final class Tidings {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamPool.class);
  private static final int UNLOGGED = 1000; // changes; a log that blocks loses the others

  private final EventLog events;
  private final Queue<Change> untold = new ConcurrentLinkedQueue<>();
  private final Queue<Change> unlogged = new ArrayBlockingQueue<>(UNLOGGED);

  Tidings(EventLog events) {
    this.events = events;
  }

  private record Change(boolean bad, String backend, String what, String cause) {}

  /** Something to worry about; without a backend it is about the pool. */
  void bad(String backend, String what, String cause) {
    untold.add(new Change(true, backend, what, cause));
  }

  /** The end of it. */
  void good(String backend, String what, String cause) {
    untold.add(new Change(false, backend, what, cause));
  }

  /** Tells the events, once. */
  void tell(String pool) {
    for (Change change = untold.poll(); change != null; change = untold.poll()) {
      events.add(pool, change.backend, change.what, change.cause);
      boolean unused = unlogged.offer(change);
    }
  }

  /** Tells the log what the events know already. */
  void log(String pool) {
    for (Change change = unlogged.poll(); change != null; change = unlogged.poll()) {
      String who =
          change.backend.isEmpty()
              ? "Pool " + pool
              : "Backend " + change.backend + " of pool " + pool;
      if (change.bad) {
        LOG.warn("{}: {}, {}", who, change.what, change.cause);
      } else {
        LOG.info("{}: {}, {}", who, change.what, change.cause);
      }
    }
  }
}
