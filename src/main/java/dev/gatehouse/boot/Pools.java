package dev.gatehouse.boot;

import dev.gatehouse.balance.Bounds;
import dev.gatehouse.balance.Judge;
import dev.gatehouse.balance.LoadBalancer;
import dev.gatehouse.balance.Policies;
import dev.gatehouse.balance.RetryBudget;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HttpProbe;
import dev.gatehouse.health.Watch;
import dev.gatehouse.members.Membership;
import dev.gatehouse.status.StatusSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.client.HttpClient;

/**
 * The pools of backends, and how each is checked and shown.
 *
 * @param pools in the order of their configurations
 */
record Pools(List<PoolConfig> configs, List<UpstreamPool> pools) implements AutoCloseable {
  Pools {
    configs = List.copyOf(configs);
    pools = List.copyOf(pools);
  }

  static Pools of(ProxyConfig config, HttpClient client, EventLog events) {
    return new Pools(
        config.pools(),
        config.pools().stream().map(pool -> pool(pool, config, client, events)).toList());
  }

  private static UpstreamPool pool(
      PoolConfig pool, ProxyConfig config, HttpClient client, EventLog events) {
    LoadBalancer policy =
        Policies.of(
            pool.balance().policy(),
            () -> ThreadLocalRandom.current().nextLong(),
            System::nanoTime);
    Bounds bounds =
        Bounds.of(
            pool.limits(),
            config.client().maxConnections(),
            client.getExecutor(),
            System::nanoTime);
    Judge judge = Judge.of(pool, System::nanoTime, events);
    return new UpstreamPool(pool.id(), Membership.atStart(pool), policy, bounds, judge);
  }

  List<Watch> watches(HttpClient client) {
    List<Watch> watches = new ArrayList<>();
    for (int i = 0; i < pools.size(); i++) {
      PoolConfig.Health settings = configs.get(i).health();
      watches.add(
          new Watch(pools.get(i), settings, new HttpProbe(client, settings, System::nanoTime)));
    }
    return watches;
  }

  /** What the status page shows, with the pools' budgets by id. */
  List<StatusSource.Pool> shown(Map<String, RetryBudget> budgets) {
    List<StatusSource.Pool> shown = new ArrayList<>();
    for (int i = 0; i < pools.size(); i++) {
      PoolConfig pool = configs.get(i);
      shown.add(
          new StatusSource.Pool(
              pools.get(i),
              pool.balance().policy().word(),
              pool.health().maxFailures(),
              Objects.requireNonNull(budgets.get(pool.id()))));
    }
    return shown;
  }

  @Override
  public void close() {
    pools.forEach(UpstreamPool::close);
  }
}
