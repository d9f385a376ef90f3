package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.Bypass;
import dev.gatehouse.cache.CacheCounters;
import dev.gatehouse.cache.CacheStore.Holding;
import dev.gatehouse.cache.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFiguresTest {
  @Test
  void beforeTheFirstRequestThereIsNoRatio() {
    StatusReport.Cache none =
        CacheFigures.of(new CacheCounters(), new Holding(0, 0, 0, 0), Map.of(), Map.of());
    assertThat(none.hitRatio()).isEmpty();
    assertThat(none.byteHitRatio()).isEmpty();
    assertThat(none.bypasses()).hasSameSizeAs(Bypass.values()).containsEntry("method", 0L);
    assertThat(none.refusals()).hasSameSizeAs(Refusal.values()).containsEntry("no-store", 0L);
  }

  @Test
  void tiersComeInTheirOrder() {
    Map<String, Holding> tiers = new LinkedHashMap<>();
    tiers.put("heap", new Holding(1, 20, 3, 4));
    tiers.put("disk", new Holding(5, 60, 7, 8, false));
    StatusReport.Cache cache =
        CacheFigures.of(
            new CacheCounters(),
            new Holding(5, 80, 7, 12),
            tiers,
            Map.of("disk", 90L, "heap", 30L));
    assertThat(cache.tiers())
        .containsExactly(
            new StatusReport.Tier("heap", "on", 1, 20, 30, 3, 4),
            new StatusReport.Tier("disk", "off", 5, 60, 90, 7, 8));
    assertThat(cache.entries()).isEqualTo(5);
    assertThat(cache.bytes()).isEqualTo(80);
    assertThat(cache.evictions()).isEqualTo(7);
    assertThat(cache.faults()).isEqualTo(12);
  }
}
