package dev.gatehouse.proxy;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.config.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Configuration for tests of the client. */
final class Settings {
  static final ProxyConfig.Client CLIENT =
      new ProxyConfig.Client(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ZERO,
          Duration.ofSeconds(20),
          Duration.ofHours(1),
          1000,
          16,
          8,
          1,
          4096,
          4096,
          16384);

  static final Tls TLS = tls(Tls.Verify.FULL);

  static final CacheConfig CACHE =
      new CacheConfig(
          false,
          new CacheConfig.Tiers(1, 1, 0, Optional.empty(), Optional.empty()),
          1,
          new CacheConfig.Rules(
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              List.of(),
              CacheConfig.SetCookie.SHARED,
              false,
              false),
          new CacheConfig.Key(Set.of(), List.of(), CacheConfig.Vary.RFC, false),
          new CacheConfig.Lock(false, Duration.ZERO),
          Optional.empty(),
          List.of(),
          List.of());

  private Settings() {}

  /** The JDK's trusted certificates, no name of our own. */
  static Tls tls(Tls.Verify verify) {
    return new Tls(
        verify,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of("TLSv1.3", "TLSv1.2"));
  }
}
