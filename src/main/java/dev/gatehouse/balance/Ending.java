package dev.gatehouse.balance;

/**
 * How a lease ended, as far as the backend is concerned.
 *
 * @param status of the response; 0 without one
 * @param nanos from sending to the response's head; 0 if unknown
 */
public record Ending(Kind kind, int status, long nanos) {
  /** What the backend did. */
  public enum Kind {
    /** It answered, whatever the status. */
    ANSWERED,
    /** There was no connection. */
    CONNECT_FAILED,
    /** It broke off, or sent what is no HTTP. */
    RESET,
    /** It was silent for too long. */
    TIMED_OUT,
    /** Nothing that tells of it: the client left, or we changed our mind. */
    CANCELLED
  }

  private static final int FIRST_SERVER_ERROR = 500; // RFC 9110 §15.6

  private static final Ending CONNECT = new Ending(Kind.CONNECT_FAILED, 0, 0);
  private static final Ending BROKEN = new Ending(Kind.RESET, 0, 0);
  private static final Ending SILENT = new Ending(Kind.TIMED_OUT, 0, 0);
  private static final Ending NOTHING = new Ending(Kind.CANCELLED, 0, 0);

  /** A response with this status, whose head took so long. */
  public static Ending answered(int status, long nanos) {
    return new Ending(Kind.ANSWERED, status, nanos);
  }

  /** No connection. */
  public static Ending connectFailed() {
    return CONNECT;
  }

  /** Broken off. */
  public static Ending reset() {
    return BROKEN;
  }

  /** Too late. */
  public static Ending timedOut() {
    return SILENT;
  }

  /** Says nothing of the backend. */
  public static Ending cancelled() {
    return NOTHING;
  }

  public boolean isAnswered() {
    return kind == Kind.ANSWERED;
  }

  /** Whether nothing can be held for or against the backend. */
  public boolean saysNothing() {
    return kind == Kind.CANCELLED;
  }

  /**
   * Whether the backend has failed.
   *
   * @param serverErrors whether a 5xx is a failure, too
   */
  public boolean isFailure(boolean serverErrors) {
    return kind == Kind.ANSWERED ? serverErrors && isServerError() : kind != Kind.CANCELLED;
  }

  /** What happened, as operators read it. */
  public String words() {
    return switch (kind) {
      case ANSWERED -> "status " + status;
      case CONNECT_FAILED -> "no connection";
      case RESET -> "broken off";
      case TIMED_OUT -> "no answer in time";
      case CANCELLED -> "given up";
    };
  }

  /** Whether it answered that it has failed itself. */
  public boolean isServerError() {
    return status >= FIRST_SERVER_ERROR;
  }
}
