package dev.gatehouse.cache;

import java.util.Optional;

/** How an origin fails that was asked for a response of which we have an older one. */
public enum Failure {
  /** No answer: no connection, cut off, or too late. */
  UNREACHABLE,
  /** An answer that says so. */
  SERVER_ERROR;

  /** Of an origin's own answer (RFC 5861 §4). */
  public static Optional<Failure> of(int status) {
    return switch (status) {
      case 500, 502, 503, 504 -> Optional.of(SERVER_ERROR);
      default -> Optional.empty();
    };
  }

  /**
   * Of the answer to a request.
   *
   * @param fromOrigin whether it is not one of ours
   * @param asynchronous whether it may come later than its request's call: an answer of ours that
   *     can't is none to what an origin did
   */
  static Optional<Failure> of(int status, boolean fromOrigin, boolean asynchronous) {
    if (fromOrigin) {
      return of(status);
    }
    return status >= 500 && asynchronous ? Optional.of(UNREACHABLE) : Optional.empty();
  }
}
