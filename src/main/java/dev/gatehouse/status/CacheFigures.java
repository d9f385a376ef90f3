package dev.gatehouse.status;

import dev.gatehouse.cache.Bypass;
import dev.gatehouse.cache.CacheCounters;
import dev.gatehouse.cache.CacheCounters.Event;
import dev.gatehouse.cache.CacheStore.Holding;
import dev.gatehouse.cache.HttpCache;
import dev.gatehouse.cache.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cache's part of a report. */
final class CacheFigures {
  private CacheFigures() {}

  static StatusReport.Cache of(HttpCache cache) {
    return of(cache.counters(), cache.holding(), cache.tiers(), cache.maxBytes());
  }

  static StatusReport.Cache of(
      CacheCounters counters,
      Holding holding,
      Map<String, Holding> tiers,
      Map<String, Long> maxBytes) {
    List<StatusReport.Tier> shown = new ArrayList<>();
    tiers.forEach(
        (name, tier) ->
            shown.add(
                new StatusReport.Tier(
                    name,
                    tier.on() ? "on" : "off",
                    tier.entries(),
                    tier.bytes(),
                    maxBytes.getOrDefault(name, 0L),
                    tier.evictions(),
                    tier.faults())));
    Map<String, Long> bypasses = new LinkedHashMap<>();
    for (Bypass each : Bypass.values()) {
      bypasses.put(each.word(), counters.total(each));
    }
    Map<String, Long> refusals = new LinkedHashMap<>();
    for (Refusal each : Refusal.values()) {
      refusals.put(each.word(), counters.total(each));
    }
    return new StatusReport.Cache(
        holding.entries(),
        holding.bytes(),
        shown,
        ratio(counters.hits(), counters.lookups()),
        ratio(counters.bytesFromStore(), counters.bytes()),
        counters.bytes(),
        counters.bytesFromStore(),
        counters.total(Event.HIT),
        counters.total(Event.STALE),
        counters.total(Event.REVALIDATED),
        counters.total(Event.MISS),
        counters.total(Event.COLLAPSED),
        counters.total(Event.REFRESHED),
        counters.total(Event.STORED),
        counters.total(Event.INVALIDATED),
        counters.purged(),
        holding.evictions(),
        holding.faults(),
        bypasses,
        refusals);
  }

  /** From 0 to 1, in thousandths. */
  private static Optional<Double> ratio(long part, long whole) {
    return whole == 0 ? Optional.empty() : Optional.of(Math.round(1000.0 * part / whole) / 1000.0);
  }
}
