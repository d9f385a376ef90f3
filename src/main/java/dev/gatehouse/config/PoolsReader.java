package dev.gatehouse.config;

import dev.gatehouse.config.ProxyConfig.Health;
import dev.gatehouse.config.ProxyConfig.Pool;
import dev.gatehouse.config.ProxyConfig.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the pools: {@code proxy.pool.<id>...}, and the one of {@code proxy.backends}. */
final class PoolsReader {
  static final String SHORT = "proxy.backends";

  private final Params params;

  PoolsReader(Params params) {
    this.params = params;
  }

  List<Pool> read() {
    Map<String, String> ids = params.ids(Families.POOL);
    if (params.isSet(SHORT) || ids.isEmpty()) {
      ids.putIfAbsent(RoutesReader.DEFAULT, RoutesReader.DEFAULT);
    }
    var pools = new ArrayList<Pool>();
    ids.forEach((id, written) -> pools.add(pool(Families.POOL + id + ".", written)));
    return pools;
  }

  private Pool pool(String scope, String id) {
    params.word(scope + "lb.policy", List.of("roundRobin"));
    return new Pool(id, Backends.read(params, backends(scope)), retry(scope), health(scope));
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
    List<String> on = params.words(scope + "retry.on", List.of("connect", "reset"));
    return new Retry(
        params.number(scope + "retry.maxRetries", 0, 10),
        on.contains("connect"),
        on.contains("reset"));
  }

  private Health health(String scope) {
    String intervalName = scope + "health.interval";
    String timeoutName = scope + "health.timeout";
    Duration interval = params.duration(intervalName, Duration.ofMillis(100));
    Duration timeout = params.duration(timeoutName, Params.SHORTEST);
    if (timeout.compareTo(interval) > 0) {
      boolean chosen = params.given(timeoutName).isPresent();
      if (chosen && params.sound(timeoutName) && params.sound(intervalName)) {
        params.refuse(
            timeoutName,
            "must not be longer than "
                + params.setting(intervalName).parameter().name()
                + ", which is "
                + Values.text(interval));
      }
      timeout = interval;
    }
    return new Health(
        params.requiredText(scope + "health.path", Syntax::isPath),
        interval,
        timeout,
        params.number(scope + "health.maxFailures", 1, 100),
        params.number(scope + "health.minSuccesses", 1, 100));
  }
}
