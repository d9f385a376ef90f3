package dev.gatehouse.proxy;

import dev.gatehouse.balance.RetryBudget;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.servlet.OwnAnswer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.HttpClient;

/**
 * All that forwarding along one route needs, built once.
 *
 * @param timeouts how long we wait for backends
 * @param nanoTime monotonic
 * @param retryAfter seconds until a backend may be back, as sent in Retry-After
 */
record Forwarder(
    HttpClient client,
    ProxyConfig.Route route,
    UpstreamPool pool,
    Affinity affinity,
    PoolConfig.Retry retry,
    ProxyConfig.Client timeouts,
    RequestHead requestHead,
    ResponseHead responseHead,
    Departures departures,
    RetryBudget budget,
    LongSupplier nanoTime,
    String retryAfter) {

  static Forwarder of(
      ProxyConfig config,
      ProxyConfig.Route route,
      HttpClient client,
      UpstreamPool pool,
      Affinity affinity,
      RetryBudget budget,
      Departures departures,
      LongSupplier nanoTime) {
    PoolConfig of =
        config.pools().stream()
            .filter(each -> each.id().equals(route.poolId()))
            .findFirst()
            .orElseThrow();
    long seconds = Math.max(1, of.health().interval().toSeconds());
    return new Forwarder(
        client,
        route,
        pool,
        affinity,
        of.retry(),
        config.client(),
        new RequestHead(config),
        new ResponseHead(config.answer(), route, pool),
        departures,
        budget,
        nanoTime,
        Long.toString(seconds));
  }

  /** What an own answer says besides its status: when a backend may be back. */
  OwnAnswer.Fields fieldsOf(int status) {
    return own -> {
      if (status == FailureStatus.UNAVAILABLE) {
        own.setHeader("Retry-After", retryAfter); // RFC 9110 §10.2.3
      }
    };
  }

  /** The Host field for a backend, for a client that asked for this authority. */
  String host(String publicHost, Upstream upstream) {
    if (route.hostHeader().isPresent()) {
      return route.hostHeader().get();
    }
    return route.preserveHost() ? publicHost : upstream.authority();
  }
}
