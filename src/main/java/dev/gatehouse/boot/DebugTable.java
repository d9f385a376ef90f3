package dev.gatehouse.boot;

import dev.gatehouse.events.EventLog;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has the table of backends drawn after each event, and again and again while there is none. It
 * looks for events instead of hearing of them: so what has happened is done, what happens at once
 * is one table, and whoever makes an event never waits for the log. For one thread.
 */
final class DebugTable {
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final EventLog events;
  private final LongSupplier nanoTime;
  private final Runnable draw;
  private long seen;
  private long drawnNanos;

  /** Counts the pause from now; events of before are to be shown, too. */
  DebugTable(EventLog events, LongSupplier nanoTime, Runnable draw) {
    this.events = events;
    this.nanoTime = nanoTime;
    this.draw = draw;
    drawnNanos = nanoTime.getAsLong();
  }

  /** Draws if it is time. */
  void look() {
    long count = events.count();
    long now = nanoTime.getAsLong();
    if (count != seen || now - drawnNanos >= PAUSE_NANOS) {
      seen = count;
      drawnNanos = now;
      draw.run();
    }
  }
}
