package dev.gatehouse.proxy;

import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.ProxyConfig;
import java.util.List;
import java.util.Map;
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
      ProxyConfig config, HttpClient client, List<UpstreamPool> pools, Departures departures) {
    return new Routes(
        config.routes().stream()
            .collect(
                Collectors.toMap(
                    ProxyConfig.Route::id,
                    route -> forwarder(config, client, pools, departures, route))));
  }

  private static Forwarder forwarder(
      ProxyConfig config,
      HttpClient client,
      List<UpstreamPool> pools,
      Departures departures,
      ProxyConfig.Route route) {
    UpstreamPool pool =
        pools.stream().filter(each -> each.id().equals(route.poolId())).findFirst().orElseThrow();
    return Forwarder.of(config, route, client, pool, departures);
  }
}
