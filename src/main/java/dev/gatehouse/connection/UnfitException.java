package dev.gatehouse.connection;

/** A container does not have what its kind has. */
public final class UnfitException extends Exception {
  UnfitException(ReflectiveOperationException cause) {
    super(cause.toString(), cause);
  }
}
