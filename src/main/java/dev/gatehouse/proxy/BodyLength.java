package dev.gatehouse.proxy;

import java.io.IOException;

/** How long a body is said to be and may be, and how much of it has come. Not thread-safe. */
final class BodyLength {
  private final long announced;
  private final long most;
  private long soFar;

  /**
   * @param announced bytes, or -1 if unknown
   * @param most bytes that it may have; zero: any number
   */
  BodyLength(long announced, long most) {
    this.announced = announced;
    this.most = most == 0 ? Long.MAX_VALUE : most;
  }

  /** Bytes, or -1. */
  long announced() {
    return announced;
  }

  /** Bytes that have come. */
  long soFar() {
    return soFar;
  }

  /** Counts what was found right before. */
  void skip(int bytes) {
    soFar += bytes;
  }

  /** Counts bytes; fails if they are too many. */
  void add(int bytes) throws IOException {
    soFar += bytes;
    if (soFar > most) {
      throw new BodyTooLargeException();
    }
    if (announced >= 0 && soFar > announced) { // Undertow does not compare (RFC 9113 §8.1.1)
      throw new IOException("more bytes than Content-Length says");
    }
  }

  /** Whether all that was announced has come. */
  boolean isReached() {
    return soFar == announced;
  }
}
