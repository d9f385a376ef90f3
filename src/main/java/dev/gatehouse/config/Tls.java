package dev.gatehouse.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * TLS towards backends.
 *
 * @param pins keys of which one must be in the chain, whatever else is checked; empty: any may
 * @param caFile PEM certificates to trust instead of the JDK's
 * @param serverName sent as SNI and checked, instead of the backend's host
 */
public record Tls(
    Verify verify,
    Set<KeyPin> pins,
    Optional<Path> caFile,
    Optional<Path> trustStore,
    Optional<Secret> trustStorePassword,
    Optional<Path> keyStore,
    Optional<Secret> keyStorePassword,
    Optional<String> serverName,
    List<String> protocols) {

  /** How much of a backend's certificate is checked. */
  public enum Verify {
    /** Chain and name. */
    FULL,
    /** Chain only. */
    CHAIN,
    /** That its own key is pinned; nobody vouches for it, and neither name nor dates count. */
    PIN,
    /** Nothing; needs {@code proxy.debug}. */
    NONE
  }

  public Tls {
    pins = Set.copyOf(pins);
    protocols = List.copyOf(protocols);
  }
}
