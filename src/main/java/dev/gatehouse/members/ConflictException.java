package dev.gatehouse.members;

/** A change that the other members of the pool don't allow. */
public final class ConflictException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  ConflictException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Why, in plain words for operators. */
  public String reason() {
    return reason;
  }
}
