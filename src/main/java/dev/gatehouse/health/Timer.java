package dev.gatehouse.health;

import java.time.Duration;

/** Does work later, one piece at a time, on one thread: the checker's seam to real time. */
interface Timer {
  /** Plans work; after {@link #close} this does nothing. */
  void after(Duration delay, Runnable work);

  /** Drops what is planned and waits briefly for what is under way. */
  void close();
}
