package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.CacheCounters.Event;
import org.junit.jupiter.api.Test;

class CacheCountersTest {
  private final CacheCounters counters = new CacheCounters();

  @Test
  void eachIsCountedByItself() {
    counters.count(Event.HIT);
    counters.count(Event.HIT);
    counters.count(Event.STALE);
    counters.count(Event.COLLAPSED);
    counters.count(Event.REVALIDATED);
    counters.count(Event.MISS);
    counters.count(Event.STORED);
    counters.count(Bypass.METHOD);
    counters.count(Refusal.METHOD);
    counters.purged(3);
    assertThat(counters.total(Event.HIT)).isEqualTo(2);
    assertThat(counters.total(Bypass.METHOD)).isEqualTo(1);
    assertThat(counters.total(Bypass.NO_CACHE)).isZero();
    assertThat(counters.total(Refusal.METHOD)).isEqualTo(1);
    assertThat(counters.total(Refusal.PURGED)).isZero();
    assertThat(counters.purged()).isEqualTo(3);
    assertThat(counters.hits()).isEqualTo(4);
    assertThat(counters.lookups()).isEqualTo(6);
  }

  @Test
  void bytesFromTheStoreAreAmongThoseDelivered() {
    counters.delivered(10, false);
    counters.delivered(5, true);
    assertThat(counters.bytes()).isEqualTo(15);
    assertThat(counters.bytesFromStore()).isEqualTo(5);
  }
}
