package dev.gatehouse.guard;

import dev.gatehouse.config.ProxyConfig;

/** Where a request goes, or why nowhere. */
public sealed interface RouteChoice {
  /** Along this route. */
  record Along(ProxyConfig.Route route) implements RouteChoice {}

  /** Nowhere. */
  enum Nowhere implements RouteChoice {
    /** Something is at the host, but not at this path of it. */
    NO_PATH(404),
    /** No route is for the host (RFC 9110 §15.5.20). */
    NO_HOST(421);

    private final int status;

    Nowhere(int status) {
      this.status = status;
    }

    /** Of our own answer. */
    int status() {
      return status;
    }
  }
}
