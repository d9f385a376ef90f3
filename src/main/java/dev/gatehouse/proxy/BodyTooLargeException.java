package dev.gatehouse.proxy;

import java.io.IOException;

/** A request's body is longer than is allowed. */
final class BodyTooLargeException extends IOException {
  BodyTooLargeException() {
    super("the body is too large");
  }
}
