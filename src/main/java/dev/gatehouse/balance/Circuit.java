package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig.Breaker;

/**
 * A circuit breaker: a pure state, moved by requests and by time. A request can move only the state
 * in which it was lent.
 *
 * @param sinceNanos when this state began; in {@link State#HALF_OPEN} and {@link State#TRYING} when
 *     the last try was allowed
 */
record Circuit(State state, long sinceNanos) {
  /** Whether requests flow. */
  enum State {
    CLOSED,
    OPEN,
    /** One request may try. */
    HALF_OPEN,
    /** One request tries. */
    TRYING
  }

  /** As long as nothing was wrong. */
  static final Circuit CLOSED = new Circuit(State.CLOSED, 0);

  private static final int FEWEST = 20;

  /** Closed once more. */
  static Circuit closed(long nowNanos) {
    return new Circuit(State.CLOSED, nowNanos);
  }

  /** Whether a request lent in this state is the one that tries. */
  boolean isTry() {
    return state == State.TRYING;
  }

  /** Whether one request at most may go there. */
  boolean isHalfOpen() {
    return state == State.HALF_OPEN || isTry();
  }

  /** The state in which the next request is lent, if it is not {@link State#TRYING} already. */
  Circuit withTry() {
    return state == State.HALF_OPEN ? new Circuit(State.TRYING, sinceNanos) : this;
  }

  /** The state after a try that told nothing. */
  Circuit withoutTry() {
    return isTry() ? new Circuit(State.HALF_OPEN, sinceNanos) : this;
  }

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
    if (!isTry()) {
      return this;
    }
    return failed ? new Circuit(State.OPEN, nowNanos) : closed(nowNanos);
  }

  /** The state at a later time. A try that takes too long is followed by another one. */
  Circuit at(Breaker settings, long nowNanos) {
    boolean due = state != State.CLOSED && nowNanos - sinceNanos >= settings.openFor().toNanos();
    return due ? new Circuit(State.HALF_OPEN, nowNanos) : this;
  }
}
