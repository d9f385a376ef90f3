package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapTierTest {
  private static final long MICROS = 1_000;

  private final AtomicLong nanos = new AtomicLong();
  private final List<HeapTier> open = new ArrayList<>();

  private HeapTier tier(int entries, long bytes) {
    HeapTier tier =
        new HeapTier(entries, bytes, () -> nanos.addAndGet(MICROS), new SplittableRandom(1));
    open.add(tier);
    return tier;
  }

  @AfterEach
  void close() {
    open.forEach(HeapTier::close);
  }

  @Test
  void whatIsPutIsFoundAsTheSameObject() {
    HeapTier tier = tier(10, 1 << 20);
    Stored response = StoreSamples.response("a", 100);
    tier.put("a", response);
    tier.put("i", StoreSamples.index());
    assertThat(tier.get("a")).isSameAs(response);
    assertThat(tier.get("i")).isInstanceOf(VaryIndex.class);
    assertThat(tier.get("b")).isNull();
  }

  @Test
  void aSecondOneStandsInsteadOfTheFirstAndIsCountedInsteadOfIt() {
    HeapTier tier = tier(10, 1 << 20);
    tier.put("a", StoreSamples.response("a", 100));
    long one = tier.holding().bytes();
    Stored second = StoreSamples.response("a", 300);
    tier.put("a", second);
    assertThat(tier.get("a")).isSameAs(second);
    assertThat(tier.holding().entries()).isEqualTo(1);
    assertThat(tier.holding().bytes()).isEqualTo(one + 200);
    tier.remove("a");
    tier.remove("a");
    assertThat(tier.get("a")).isNull();
    assertThat(tier.holding()).isEqualTo(new CacheStore.Holding(0, 0, 0, 0));
  }

  @Test
  void theLeastRecentlyUsedGoesFirst() {
    HeapTier tier = tier(3, 1 << 20);
    for (String key : List.of("a", "b", "c", "a", "c")) {
      if (tier.get(key) == null) {
        tier.put(key, StoreSamples.response(key, 10));
      }
    }
    tier.put("d", StoreSamples.response("d", 10));
    assertThat(tier.get("b")).isNull();
    assertThat(tier.get("a")).isNotNull();
    tier.put("e", StoreSamples.response("e", 10));
    assertThat(tier.get("c")).isNull();
    assertThat(tier.holding().evictions()).isEqualTo(2);
  }

  @Test
  void bytesGoBeforeNumber() {
    long each = HeapEntry.bytesOf("k00", StoreSamples.response("k00", 1000));
    HeapTier tier = tier(1000, 10 * each);
    for (int i = 10; i < 60; i++) {
      tier.put("k" + i, StoreSamples.response("k" + i, 1000));
      assertThat(tier.holding().bytes()).isLessThanOrEqualTo(10 * each);
    }
    assertThat(tier.holding().entries()).isEqualTo(10);
    assertThat(tier.get("k59")).isNotNull();
    assertThat(tier.get("k50")).isNotNull();
    assertThat(tier.get("k49")).isNull();
  }

  @Test
  void aLargeOneMayPushOutMany() {
    HeapTier tier = tier(1000, 20_000);
    for (int i = 0; i < 10; i++) {
      tier.put("k" + i, StoreSamples.response("k" + i, 1));
    }
    tier.put("large", StoreSamples.response("large", 18_000));
    assertThat(tier.get("large")).isNotNull();
    assertThat(tier.holding().bytes()).isLessThanOrEqualTo(20_000);
  }

  @Test
  void oneThatNeverFitsIsForgottenAndWhatStoodThereIsGone() {
    HeapTier tier = tier(10, 5_000);
    tier.put("a", StoreSamples.response("a", 10));
    tier.put("b", StoreSamples.response("b", 10));
    tier.put("a", StoreSamples.response("a", 5_000));
    assertThat(tier.get("a")).isNull();
    assertThat(tier.get("b")).isNotNull();
    assertThat(tier.holding().entries()).isEqualTo(1);
  }

  @Test
  void ofManyTheOnesInUseNearlyAllStay() {
    HeapTier tier = tier(1000, 1L << 30);
    for (int i = 0; i < 20_000; i++) {
      tier.put("k" + i, StoreSamples.response("k" + i, 1));
      if (i >= 100) {
        assertThat(tier.get("k" + i % 100)).isNotNull();
      }
    }
    assertThat(tier.holding().entries()).isEqualTo(1000);
    long newest =
        java.util.stream.IntStream.range(19_100, 20_000)
            .filter(i -> tier.get("k" + i) != null)
            .count();
    assertThat(newest).isGreaterThan(700);
  }

  @Test
  void aCacheOfNothingKeepsNothing() {
    HeapTier tier = tier(0, 0);
    tier.put("a", StoreSamples.response("a", 1));
    assertThat(tier.get("a")).isNull();
  }
}
