package dev.gatehouse.servlet;

/** How an exchange has ended. */
public enum Outcome {
  /** With a backend's answer, whatever its status, or a good one of our own. */
  ANSWERED("answered"),
  /** With a 4xx of our own. */
  REFUSED("refused"),
  /** With a 5xx of our own. */
  FAILED("failed"),
  /** Cut in the middle of the body, as the backend's answer was. */
  BROKEN("broken"),
  /** The client did not wait for it. */
  CLIENT_GONE("clientGone");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** As the log says it. */
  public String word() {
    return word;
  }
}
