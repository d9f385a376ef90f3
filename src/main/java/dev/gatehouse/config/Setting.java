package dev.gatehouse.config;

/**
 * The value that counts for a parameter.
 *
 * @param source where it came from, for messages
 * @param value never blank if it was given; holds secrets in the clear
 */
record Setting(Parameter parameter, String source, String value) {

  Problem problem(String reason) {
    return problem(value, reason);
  }

  /**
   * @param part what is wrong in a value that is a list
   */
  Problem problem(String part, String reason) {
    return new Problem(source, parameter.name(), parameter.shown(part), reason);
  }

  /** Hides the value: it may be a secret. */
  @Override
  public String toString() {
    return parameter.name() + " (" + source + ")";
  }
}
