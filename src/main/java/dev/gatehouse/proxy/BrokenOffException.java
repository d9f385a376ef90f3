package dev.gatehouse.proxy;

import java.io.IOException;

/** Makes the container cut a message whose rest will never come. */
final class BrokenOffException extends IOException {
  BrokenOffException() {
    super("the backend broke off in the middle of its answer");
  }

  /** None: the place says nothing, and containers log it for each broken answer. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
