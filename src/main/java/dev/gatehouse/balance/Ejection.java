package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig.Passive;
import java.util.OptionalLong;

/**
 * What a backend's failures in a row have come to: a pure state, moved by requests and by time.
 *
 * @param failures in a row; not above those that eject
 * @param connects whether the last of these was a connect
 * @param times ejections in a row: the next one lasts so many times as long, and once more
 * @param out whether it gets no requests
 * @param sinceNanos when it went out, came back or was forgiven a time
 * @param untilNanos when it comes back, if it is out
 */
record Ejection(
    int failures, boolean connects, int times, boolean out, long sinceNanos, long untilNanos) {
  /** Nothing is held against it. */
  static final Ejection NONE = new Ejection(0, false, 0, false, 0, 0);

  private static final int MOST_TIMES = 10;

  /**
   * The state after one more request.
   *
   * @param room whether the pool can do without this backend
   */
  Ejection after(Ending ending, Passive settings, boolean room, long nowNanos) {
    if (out || ending.saysNothing() || settings.maxFails() == 0) {
      return this; // what was under way when it went out is no news
    }
    if (!ending.isFailure(settings.serverErrors())) {
      return failures == 0 ? this : new Ejection(0, false, times, false, sinceNanos, 0);
    }
    int row = Math.min(failures + 1, settings.maxFails());
    boolean connect = ending.kind() == Ending.Kind.CONNECT_FAILED;
    if (row < settings.maxFails() || !room) {
      return new Ejection(row, connect, times, false, sinceNanos, 0);
    }
    int next = Math.min(times + 1, MOST_TIMES);
    long until = nowNanos + next * settings.failTimeout().toNanos();
    return new Ejection(row, connect, next, true, nowNanos, until);
  }

  /** The state at a later time: it comes back, and each quiet while lets one time be forgotten. */
  Ejection at(Passive settings, long nowNanos) {
    if (out) {
      return nowNanos - untilNanos >= 0 ? back(settings, untilNanos).at(settings, nowNanos) : this;
    }
    long quiet = times * settings.failTimeout().toNanos();
    if (times == 0 || nowNanos - sinceNanos < quiet) {
      return this;
    }
    long then = sinceNanos + quiet;
    return new Ejection(failures, connects, times - 1, false, then, 0).at(settings, nowNanos);
  }

  /** It may serve again, on probation: nothing good has ended the row, one more failure will do. */
  private Ejection back(Passive settings, long thenNanos) {
    return new Ejection(settings.maxFails() - 1, connects, times, false, thenNanos, 0);
  }

  /**
   * Whether a good check shows that what it was ejected for is over.
   *
   * @param checkNanos when it began
   * @param failedNanos when the last check that failed began; what checks see, they can refute
   */
  boolean isRefutedBy(long checkNanos, OptionalLong failedNanos) {
    boolean seen = failedNanos.isPresent() && failedNanos.getAsLong() - sinceNanos >= 0;
    return out && checkNanos - sinceNanos >= 0 && (connects || seen);
  }

  /** It may serve again before its time; it has still been out so many times. */
  Ejection lifted(long nowNanos) {
    return new Ejection(0, false, times, false, nowNanos, 0);
  }
}
