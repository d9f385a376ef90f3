package dev.gatehouse.boot;

import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.DnsConfig;
import dev.gatehouse.dns.DnsLookup;
import dev.gatehouse.dns.Names;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HealthChecker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Backends given by name. Nothing of DNS is touched if there are none. */
final class ByName {
  private static final Duration AT_START = Duration.ofSeconds(2);

  private ByName() {}

  /**
   * Finds out what the names mean, or begins to.
   *
   * @param started takes what is to be closed in the end
   */
  static Optional<Names> start(
      DnsConfig config,
      List<UpstreamPool> pools,
      HealthChecker health,
      Executor executor,
      EventLog events,
      Consumer<AutoCloseable> started) {
    boolean any =
        pools.stream()
            .flatMap(pool -> pool.candidates().stream())
            .anyMatch(each -> Names.isPrepared(each.upstream()));
    if (!any) {
      return Optional.empty();
    }
    DnsLookup lookup = new DnsLookup(config.servers(), executor);
    started.accept(lookup);
    Names names = new Names(pools, health, events, lookup, config, System::nanoTime);
    names.start(AT_START);
    return Optional.of(names);
  }
}
