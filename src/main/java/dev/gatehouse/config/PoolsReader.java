package dev.gatehouse.config;

import dev.gatehouse.config.PoolConfig.Limits;
import dev.gatehouse.config.PoolConfig.Retry;
import dev.gatehouse.config.PoolConfig.RetryOn;
import dev.gatehouse.http.Methods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the pools: {@code proxy.pool.<id>...}, and the one of {@code proxy.backends}. */
final class PoolsReader {
  static final String SHORT = "proxy.backends";
  private static final int MOST_QUEUED = 100_000;

  private final Params params;

  PoolsReader(Params params) {
    this.params = params;
  }

  List<PoolConfig> read() {
    Map<String, String> ids = params.ids(Families.POOL);
    if (params.isSet(SHORT) || ids.isEmpty()) {
      ids.putIfAbsent(RoutesReader.DEFAULT, RoutesReader.DEFAULT);
    }
    var pools = new ArrayList<PoolConfig>();
    ids.forEach((id, written) -> pools.add(pool(Families.POOL + id + ".", written)));
    return pools;
  }

  private PoolConfig pool(String scope, String id) {
    HealthReader health = new HealthReader(params, scope);
    return new PoolConfig(
        id,
        Backends.read(params, backends(scope)),
        new BalanceReader(params, scope).read(),
        health.read(),
        health.passive(),
        health.breaker(),
        retry(scope),
        limits(scope));
  }

  /** The name by which a pool's backends are given. */
  private String backends(String scope) {
    String own = scope + "backends";
    boolean first = Families.idIn(scope).equals(RoutesReader.DEFAULT);
    if (first && params.isSet(SHORT) && params.isSet(own)) {
      params.refuse(own, "the same pool's backends are in " + SHORT + " too; keep one of them");
    }
    return first && !params.isSet(own) ? SHORT : own;
  }

  private Retry retry(String scope) {
    Set<RetryOn> on = on(scope + "retry.on");
    Duration timeout = params.duration(scope + "retry.timeout", Duration.ZERO);
    Duration tryTimeout = params.duration(scope + "retry.tryTimeout", Duration.ZERO);
    if (on.contains(RetryOn.TIMEOUT)) {
      leaveTime(scope, timeout, tryTimeout);
    }
    return new Retry(
        params.number(scope + "retry.maxRetries", 0, 10),
        on,
        methods(scope + "retry.methods"),
        params.boundedSize(scope + "retry.bufferSize"),
        timeout,
        tryTimeout,
        params.duration(scope + "retry.backoff", Duration.ZERO),
        params.percent(scope + "retry.budget"));
  }

  /** A try that takes all the time there is leaves none for another. */
  private void leaveTime(String scope, Duration all, Duration one) {
    String response = "proxy.upstream.responseTimeout";
    Duration longest =
        Values.duration(params.setting(response).value())
            .filter(most -> one.isZero() || most.compareTo(one) < 0)
            .orElse(one);
    if (!all.isZero() && longest.compareTo(all) >= 0) {
      params.refuse(
          scope + "retry.on",
          "timeout has no effect, as a try may take "
              + Values.text(longest)
              + " and none begins after "
              + Values.text(all)
              + ": set proxy.retry.tryTimeout to less than proxy.retry.timeout");
    }
  }

  private Set<RetryOn> on(String name) {
    List<RetryOn> all = List.of(RetryOn.values());
    List<String> listed = params.words(name, all.stream().map(RetryOn::word).toList());
    return all.stream()
        .filter(each -> listed.contains(each.word()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What is not idempotent is never sent twice, whatever an operator says (RFC 9110 §9.2.2). */
  private Set<String> methods(String name) {
    Setting setting = params.setting(name);
    List<String> listed = Params.list(setting);
    for (String method : listed) {
      if (!Methods.isIdempotent(method)) {
        params.refuse(setting, method, "is not idempotent, and would be carried out twice");
      }
    }
    return new LinkedHashSet<>(listed);
  }

  private Limits limits(String scope) {
    return new Limits(
        params.number(scope + "limit.maxInFlight", 0, 65_535),
        params.flag(scope + "limit.adaptive"),
        params.number(scope + "queue.maxRequests", 0, MOST_QUEUED),
        params.duration(scope + "queue.timeout", Params.SHORTEST));
  }
}
