package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig.Breaker;

/**
 * A circuit breaker: a pure state, moved by requests and by time.
 *
 * @param sinceNanos when this state began; in {@link State#HALF_OPEN} when the last try was allowed
 */
record Circuit(State state, long sinceNanos) {
  /** Whether requests flow. */
  enum State {
    CLOSED,
    OPEN,
    /** One request may try. */
    HALF_OPEN
  }

  /** As long as nothing is wrong. */
  static final Circuit CLOSED = new Circuit(State.CLOSED, 0);

  private static final int FEWEST = 20;

  /**
   * The state after a request whose failing may be too much.
   *
   * @param requests of the last ten seconds
   * @param failures among them
   */
  Circuit after(long requests, long failures, Breaker settings, long nowNanos) {
    boolean opens =
        state == State.CLOSED
            && settings.errorRate() > 0
            && requests >= FEWEST
            && failures * 100 >= settings.errorRate() * requests;
    return opens ? new Circuit(State.OPEN, nowNanos) : this;
  }

  /** The state after the one request that tried. */
  Circuit afterTry(boolean failed, long nowNanos) {
    if (state != State.HALF_OPEN) {
      return this;
    }
    return failed ? new Circuit(State.OPEN, nowNanos) : CLOSED;
  }

  /** The state at a later time. A try that takes too long is followed by another one. */
  Circuit at(Breaker settings, long nowNanos) {
    boolean due = state != State.CLOSED && nowNanos - sinceNanos >= settings.openFor().toNanos();
    return due ? new Circuit(State.HALF_OPEN, nowNanos) : this;
  }
}
