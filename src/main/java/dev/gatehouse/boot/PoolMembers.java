package dev.gatehouse.boot;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.health.HealthChecker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets the pools that run have the backends that are configured now. One thread uses it. */
final class PoolMembers {
  private final List<UpstreamPool> pools;
  private final HealthChecker health;
  private final Map<String, List<PoolConfig.Backend>> configured;

  PoolMembers(List<UpstreamPool> pools, HealthChecker health, List<PoolConfig> configured) {
    this.pools = pools;
    this.health = health;
    this.configured =
        configured.stream().collect(Collectors.toMap(PoolConfig::id, PoolConfig::backends));
  }

  /** What an operator did to a pool stays unless its backends are configured anew. */
  Set<String> take(List<PoolConfig> anew) {
    Map<String, PoolConfig> byId = new HashMap<>();
    anew.forEach(each -> byId.put(each.id(), each));
    Set<String> taken = new HashSet<>();
    for (UpstreamPool pool : pools) {
      PoolConfig wanted = byId.get(pool.id());
      if (wanted != null) {
        if (!wanted.backends().equals(configured.put(pool.id(), wanted.backends()))) {
          replace(pool, wanted.backends().stream().map(Upstream::of).toList());
        }
        taken.add(pool.id());
      }
    }
    return taken;
  }

  private void replace(UpstreamPool pool, List<Upstream> upstreams) {
    List<Candidate> before = pool.candidates();
    pool.replace(upstreams);
    List<Candidate> after = pool.candidates();
    before.stream()
        .filter(each -> !after.contains(each))
        .forEach(gone -> health.unwatch(gone.upstream()));
    after.stream()
        .filter(each -> !before.contains(each))
        .forEach(come -> health.watch(pool, come.upstream()));
  }
}
