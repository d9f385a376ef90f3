package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Target;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EhcacheStoreConcurrencyTest {
  private static final int ROUNDS = 3_000;

  /** RFC 9111 §4.4: what was invalidated must not come back from a lower tier. */
  @Test
  void whatWasReplacedOrRemovedIsNeverCarriedUpByWhoReadItBefore() throws InterruptedException {
    Tiers tiers = new Tiers(1, 1 << 20, 4 << 20, Optional.empty());
    AtomicBoolean over = new AtomicBoolean();
    try (EhcacheStore store = new EhcacheStore(tiers, System::nanoTime, new SplittableRandom(1))) {
      store.put("other", StoreSamples.response("other", 10));
      Thread[] readers = new Thread[3];
      for (int i = 0; i < readers.length; i++) {
        readers[i] =
            new Thread(
                () -> {
                  while (!over.get()) {
                    Stored unused = store.get("k"); // each pushes the other off the heap
                    Stored unusedToo = store.get("other");
                  }
                });
        readers[i].setDaemon(true);
        readers[i].start();
      }
      for (int round = 1; round <= ROUNDS; round++) {
        store.put("k", StoreSamples.response("k", round));
        StoredResponse found = (StoredResponse) Objects.requireNonNull(store.get("k"));
        assertThat(found.body()).hasSize(round);
        if (round % 2 == 0) {
          store.remove("k");
          assertThat(store.get("k")).isNull();
        }
      }
      over.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(store.holding().faults()).isZero();
    }
  }

  /** On the heap it has another key than below, where the purge may find it. */
  @Test
  void whatWasPurgedIsNeverCarriedUpByWhoReadItBefore() throws InterruptedException {
    Tiers tiers = new Tiers(1, 1 << 20, 4 << 20, Optional.empty());
    PurgeScope scope = PurgeScope.of(new Target("http", "h", "/a"));
    String key = CacheKey.of("GET", new Target("http", "h", "/a"), CacheKey.NO_BODY, "front");
    AtomicBoolean over = new AtomicBoolean();
    try (EhcacheStore store = new EhcacheStore(tiers, System::nanoTime, new SplittableRandom(1))) {
      store.put("other", StoreSamples.response("other", 10));
      Thread[] readers = new Thread[3];
      for (int i = 0; i < readers.length; i++) {
        readers[i] =
            new Thread(
                () -> {
                  while (!over.get()) {
                    Stored unused = store.get(key);
                    Stored unusedToo = store.get("other");
                  }
                });
        readers[i].setDaemon(true);
        readers[i].start();
      }
      for (int round = 1; round <= ROUNDS; round++) {
        store.put(key, StoreSamples.response(key, 10));
        if (round % 2 == 0) {
          Instant now = StoreSamples.THEN.plusSeconds(1);
          assertThat(store.revise(scope::hasKey, each -> each.staleAt(now))).isEqualTo(1);
          StoredResponse stale = (StoredResponse) Objects.requireNonNull(store.get(key));
          assertThat(stale.freshness().isFreshAt(now)).isFalse();
        }
        assertThat(store.removeIf(scope::hasKey, scope::has)).isEqualTo(1);
        assertThat(store.get(key)).isNull();
      }
      over.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(store.holding().faults()).isZero();
    }
  }

  /** R19, for a moment. */
  @Test
  void aFullHeapNeverTakesMoreThanItMayAndServesExactBytes() throws InterruptedException {
    long room = 4 << 20;
    try (StoreTrial trial = StoreTrial.tenfold(room)) {
      trial.run(16, 1);
      assertThat(trial.wrong()).isZero();
      assertThat(trial.hits()).isPositive();
      assertThat(trial.mostBytes()).isBetween(room / 2, room);
      assertThat(trial.holding().faults()).isZero();
    }
  }
}
