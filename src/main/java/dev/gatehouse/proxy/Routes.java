package dev.gatehouse.proxy;

import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.ProxyConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      byte[] secret) {
    Map<String, Affinity> affinities = new HashMap<>(); // for all routes to a pool, the same
    for (int i = 0; i < pools.size(); i++) {
      UpstreamPool pool = pools.get(i);
      affinities.put(pool.id(), new Affinity(config.pools().get(i), pool, secret));
    }
    return new Routes(
        config.routes().stream()
            .collect(
                Collectors.toMap(
                    ProxyConfig.Route::id,
                    route -> forwarder(config, client, pools, affinities, departures, route))));
  }

  private static Forwarder forwarder(
      ProxyConfig config,
      HttpClient client,
      List<UpstreamPool> pools,
      Map<String, Affinity> affinities,
      Departures departures,
      ProxyConfig.Route route) {
    UpstreamPool pool =
        pools.stream().filter(each -> each.id().equals(route.poolId())).findFirst().orElseThrow();
    Affinity affinity = Objects.requireNonNull(affinities.get(pool.id()));
    return Forwarder.of(config, route, client, pool, affinity, departures);
  }
}
