package dev.gatehouse.balance;

import java.util.OptionalLong;

/**
 * How a backend stands at one moment, for operators.
 *
 * @param detail in plain words; empty where the word says it all
 */
public record Standing(Kind kind, String detail) {
  /** What counts most of all that is known; the first that holds. */
  public enum Kind {
    /** The operator wants it to get nothing. */
    DISABLED("disabled"),
    /** The operator wants it to get no new clients. */
    DRAINING("draining"),
    /** Its checks fail. */
    UNREACHABLE("unreachable"),
    /** Too many requests in a row failed there. */
    EJECTED("ejected"),
    /** Too large a part of its requests failed. */
    BREAKER_OPEN("breaker open"),
    /** The same a while ago; now a single request tries. */
    BREAKER_HALF_OPEN("breaker half-open"),
    /** It came back, and its share grows. */
    WARMING_UP("warming up"),
    AVAILABLE("available");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As operators read it. */
    public String word() {
      return word;
    }
  }

  /** As operators read it. */
  public String word() {
    return kind.word();
  }

  static Standing of(Candidate candidate, long nowNanos) {
    Fitness fitness = candidate.fitness();
    Ejection ejection = fitness.ejection();
    if (candidate.mode() == Mode.DISABLED) {
      return new Standing(Kind.DISABLED, "");
    } else if (candidate.mode() == Mode.DRAINING) {
      return new Standing(Kind.DRAINING, remaining(candidate, nowNanos));
    } else if (!candidate.isWell()) {
      return new Standing(Kind.UNREACHABLE, "its checks fail");
    } else if (ejection.out()) {
      return new Standing(Kind.EJECTED, left(ejection, nowNanos));
    } else if (fitness.circuit().state() == Circuit.State.OPEN) {
      return new Standing(Kind.BREAKER_OPEN, "too many of its requests failed");
    } else if (fitness.circuit().isHalfOpen()) {
      return new Standing(Kind.BREAKER_HALF_OPEN, "one request may try");
    } else if (fitness.percent() < Fitness.FULL) {
      return new Standing(Kind.WARMING_UP, fitness.percent() + " % of its weight");
    }
    return new Standing(Kind.AVAILABLE, "");
  }

  /** Nobody knows how many sessions there are; but when one of them was last seen. */
  private static String remaining(Candidate candidate, long nowNanos) {
    String requests = candidate.inFlight() + " in flight";
    OptionalLong ago = candidate.keptAgoNanos(nowNanos);
    return ago.isEmpty()
        ? requests
        : requests + ", a sticky session seen " + ago.getAsLong() / 1_000_000_000 + " s ago";
  }

  private static String left(Ejection ejection, long nowNanos) {
    long seconds = Math.max(0, ejection.untilNanos() - nowNanos + 999_999_999) / 1_000_000_000;
    String times = ejection.times() == 1 ? "" : ", time " + ejection.times() + " in a row";
    return "for " + seconds + " s more" + times;
  }
}
