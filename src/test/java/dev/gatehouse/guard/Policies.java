package dev.gatehouse.guard;

import dev.gatehouse.config.ProxyConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Policies for tests: small limits, and our name in Via. */
final class Policies {
  static final String NAME = "gatehouse-0a1b2c";

  private Policies() {}

  /** The default methods and strict paths. */
  static RequestPolicy usual() {
    return with(true, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");
  }

  /** Any method, as {@code proxy.guard.methods=*}, and any path. */
  static RequestPolicy open() {
    return with(false);
  }

  static RequestPolicy only(String... methods) {
    return with(true, methods);
  }

  private static RequestPolicy with(boolean strict, String... methods) {
    Set<String> listed = new LinkedHashSet<>(List.of(methods));
    return new RequestPolicy(
        new ProxyConfig.Guard(listed, strict, false, 20, 5, 100, 1000, List.of()),
        Optional.of(NAME));
  }

  /** Bounds nothing and has no name. */
  static RequestPolicy boundless() {
    return new RequestPolicy(
        new ProxyConfig.Guard(Set.of("GET"), true, true, 9, 1000, 9_000_000, 0, List.of()),
        Optional.empty());
  }
}
