package dev.gatehouse.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key opens. */
public enum Scope {
  /** Requests to backends. */
  PROXY,
  /** The status pages. */
  ADMIN;

  /** The scope as configured, in lower case; empty when there is none of that name. */
  static Optional<Scope> named(String name) {
    return Arrays.stream(values())
        .filter(scope -> scope.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }
}
