package dev.gatehouse.config;

/** What a name in a source turned out to be. */
sealed interface Name {

  /**
   * A parameter of ours.
   *
   * @param fromFile whether the value is the path of the file that holds the secret
   * @param specific whether it is meant for this instance only
   * @param id of the route or pool, as it was written; empty: none, or the environment's
   */
  record Known(Parameter parameter, boolean alias, boolean fromFile, boolean specific, String id)
      implements Name {

    Known(Parameter parameter, boolean alias, boolean fromFile, boolean specific) {
      this(parameter, alias, fromFile, specific, "");
    }

    Known forThisInstance() {
      return new Known(parameter, alias, fromFile, true, id);
    }
  }

  /** Looks like ours, yet is not: a problem. */
  record Unknown(String reason) implements Name {}

  /**
   * Somebody else's.
   *
   * @param note for the log; empty: nothing worth a line
   */
  record Foreign(String note) implements Name {}
}
