package dev.gatehouse.config;

/** What a name in a source turned out to be. */
sealed interface Name {

  /**
   * A parameter of ours.
   *
   * @param fromFile whether the value is the path of the file that holds the secret
   * @param specific whether it is meant for this instance only
   */
  record Known(Parameter parameter, boolean alias, boolean fromFile, boolean specific)
      implements Name {}

  /** Looks like ours, yet is not: a problem. */
  record Unknown(String reason) implements Name {}

  /**
   * Somebody else's.
   *
   * @param note for the log; empty: nothing worth a line
   */
  record Foreign(String note) implements Name {}
}
