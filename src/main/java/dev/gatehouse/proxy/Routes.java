package dev.gatehouse.proxy;

import dev.gatehouse.balance.RetryBudget;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.ProxyConfig;
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

  /** Joins routes to their pools. */
  public static Routes of(
      ProxyConfig config,
      HttpClient client,
      List<UpstreamPool> pools,
      Departures departures,
      LongSupplier nanoTime) {
    Map<String, RetryBudget> budgets =
        config.pools().stream()
            .collect(
                Collectors.toMap(
                    PoolConfig::id, pool -> new RetryBudget(pool.retry().budget(), nanoTime)));
    return new Routes(
        config.routes().stream()
            .collect(
                Collectors.toMap(
                    ProxyConfig.Route::id,
                    route ->
                        forwarder(config, client, pools, budgets, departures, nanoTime, route))));
  }

  private static Forwarder forwarder(
      ProxyConfig config,
      HttpClient client,
      List<UpstreamPool> pools,
      Map<String, RetryBudget> budgets,
      Departures departures,
      LongSupplier nanoTime,
      ProxyConfig.Route route) {
    UpstreamPool pool =
        pools.stream().filter(each -> each.id().equals(route.poolId())).findFirst().orElseThrow();
    RetryBudget budget = Objects.requireNonNull(budgets.get(route.poolId()));
    return Forwarder.of(config, route, client, pool, budget, departures, nanoTime);
  }
}
