package dev.gatehouse.health;

import dev.gatehouse.config.PoolConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that the checks of one backend have found so far: a pure state.
 *
 * @param good when the last good ones in a row began, no more than it takes to believe them
 * @param failed when the last one that failed began; empty: none has
 */
record Findings(Health health, List<Long> good, OptionalLong failed) {
  Findings {
    good = List.copyOf(good);
  }

  /** Before the first check. */
  static Findings none(Instant now) {
    return new Findings(Health.unknown(now), List.of(), OptionalLong.empty());
  }

  /** After one more check. */
  Findings after(ProbeResult result, long startNanos, PoolConfig.Health settings, Instant now) {
    Health next = health.after(result, settings.maxFailures(), settings.minSuccesses(), now);
    if (!result.ok()) {
      return new Findings(next, List.of(), OptionalLong.of(startNanos));
    }
    List<Long> row = new ArrayList<>(good);
    row.add(startNanos);
    return new Findings(
        next, row.subList(Math.max(0, row.size() - settings.minSuccesses()), row.size()), failed);
  }

  /** When the first of as many good checks in a row began as it takes; empty: they are too few. */
  OptionalLong goodSince(PoolConfig.Health settings) {
    return good.size() < settings.minSuccesses()
        ? OptionalLong.empty()
        : OptionalLong.of(good.get(0));
  }
}
