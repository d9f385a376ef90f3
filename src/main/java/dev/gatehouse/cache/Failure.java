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
}
