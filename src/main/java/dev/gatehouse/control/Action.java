package dev.gatehouse.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to a backend. */
enum Action {
  /** New clients go elsewhere; requests under way and sticky sessions stay. */
  DRAIN,
  /** No request goes there. */
  DISABLE,
  /** Takes drain and disable back. */
  ENABLE,
  /** Changes its share of the traffic. */
  WEIGHT,
  /** Takes it out of its pool for good. */
  REMOVE,
  /** Checks its health at once. */
  CHECK;

  /** The action as it stands in a path, in lower case. */
  static Optional<Action> named(String name) {
    return Arrays.stream(values())
        .filter(action -> action.name().toLowerCase(Locale.ROOT).equals(name))
        .findAny();
  }
}
