package dev.gatehouse.control;

/** What an operator wants can't be done; the message says why, for the operator. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status 4xx
   */
  RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
