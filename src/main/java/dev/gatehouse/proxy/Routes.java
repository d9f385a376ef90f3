package dev.gatehouse.proxy;

import dev.gatehouse.balance.RetryBudget;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.ProxyConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.client.HttpClient;

/**
 * What the servlet forwards by, built by the listener.
 *
 * @param forwarders one for each route, by its id
 */
public record Routes(Map<String, Forwarder> forwarders) {
  public Routes {
    forwarders = Map.copyOf(forwarders);
  }

  /**
   * Joins routes to their pools.
   *
   * @param secret for what we sign ourselves
   */
  public static Routes of(
      ProxyConfig config,
      HttpClient client,
      List<UpstreamPool> pools,
      Departures departures,
      LongSupplier nanoTime,
      byte[] secret) {
    Map<String, RetryBudget> budgets =
        config.pools().stream()
            .collect(
                Collectors.toMap(
                    PoolConfig::id, pool -> new RetryBudget(pool.retry().budget(), nanoTime)));
    Map<String, UpstreamPool> poolsById = new HashMap<>();
    Map<String, Affinity> affinities = new HashMap<>(); // for all routes to a pool, the same
    for (int i = 0; i < pools.size(); i++) {
      UpstreamPool pool = pools.get(i);
      poolsById.put(pool.id(), pool);
      affinities.put(pool.id(), new Affinity(config.pools().get(i), pool, secret));
    }
    return new Routes(
        config.routes().stream()
            .collect(
                Collectors.toMap(
                    ProxyConfig.Route::id,
                    route -> {
                      String pool = route.poolId();
                      return Forwarder.of(
                          config,
                          route,
                          client,
                          Objects.requireNonNull(poolsById.get(pool)),
                          Objects.requireNonNull(affinities.get(pool)),
                          Objects.requireNonNull(budgets.get(pool)),
                          departures,
                          nanoTime);
                    })));
  }
}
