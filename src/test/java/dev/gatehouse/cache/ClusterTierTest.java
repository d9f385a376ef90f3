package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClusterTierTest {
  private static final long PAUSE_MILLIS = 1;

  private final FakeByteCache cluster = new FakeByteCache();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger openings = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong stepNanos = new AtomicLong();
  private final Owed owed = new Owed();
  private final Faults faults = new Faults("cluster", () -> 0);
  private final List<ClusterTier> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(ClusterTier::close);
  }

  private ClusterTier tier() {
    return tier(PAUSE_MILLIS);
  }

  private ClusterTier tier(long pauseMillis) {
    ClusterLink link = new ClusterLink(this::opened, owed, faults, this::nanos, pauseMillis);
    ClusterTier tier = new ClusterTier(link, owed, faults);
    open.add(tier);
    return tier;
  }

  private long nanos() {
    return nanos.addAndGet(stepNanos.get());
  }

  private ByteCache opened() {
    openings.incrementAndGet();
    if (refusals.getAndDecrement() > 0) {
      throw new IllegalStateException("no server");
    }
    return cluster;
  }

  private static void awaitFound(ClusterTier tier) {
    Await.until("found", () -> tier.holding().on());
  }

  private static void awaitLost(ClusterTier tier) {
    Await.until("lost", () -> !tier.holding().on());
  }

  private void awaitTold() {
    Await.until("told", () -> owed.list().isEmpty() && owed.alls() == 0);
  }

  @Test
  void whatOneHasPutAnotherFinds() {
    ClusterTier one = tier();
    awaitFound(one);
    one.put("a", StoreSamples.response("a", 10));
    awaitTold();
    byte[] record = cluster.map.get("a");
    assertThat(record).isEqualTo(StoredRecord.of("a", StoreSamples.response("a", 10), true));
    assertThat(StoreSamples.isOf("a", Objects.requireNonNull(one.get("a")))).isTrue();
    one.remove("a");
    awaitTold();
    assertThat(one.get("a")).isNull();
    assertThat(cluster.map).isEmpty();
  }

  @Test
  void withoutAServerAtTheStartItIsLookedForAgain() {
    refusals.set(3);
    ClusterTier tier = tier();
    awaitFound(tier);
    assertThat(openings).hasValue(4);
    assertThat(faults.sum()).isEqualTo(3);
  }

  @Test
  void whileItIsNotThereNobodyAsksIt() {
    refusals.set(Integer.MAX_VALUE);
    ClusterTier tier = tier();
    tier.put("a", StoreSamples.response("a", 10));
    assertThat(tier.get("a")).isNull();
    tier.remove("a");
    assertThat(cluster.calls).hasValue(0);
  }

  @Test
  void whatIsOwedIsFoundAsIfItWereWritten() {
    ClusterTier tier = tier();
    awaitFound(tier);
    cluster.map.put("a", StoredRecord.of("a", StoreSamples.response("a", 1), true));
    cluster.failing = Set.of("put", "remove");
    Stored second = StoreSamples.response("a", 2);
    assertThat(owed.put("a", second)).isTrue();
    Stored found = tier.get("a");
    assertThat(found == null || found == second).as("never the first").isTrue();
    tier.remove("a");
    assertThat(tier.get("a")).isNull();
  }

  @Test
  void oneReadThatFailsEndsAllUntilThePauseIsOver() {
    ClusterTier tier = tier(100_000);
    awaitFound(tier);
    cluster.failing = Set.of("get");
    int before = cluster.calls.get();
    for (int i = 0; i < 1000; i++) {
      assertThat(tier.get("a")).isNull();
    }
    assertThat(cluster.calls).hasValue(before + 1);
    assertThat(faults.sum()).isEqualTo(1);
    assertThat(tier.holding().on()).isFalse();
  }

  @Test
  void aReadThatIsTooLateIsALossAndAMissInTimeIsNone() {
    ClusterTier tier = tier(100_000);
    awaitFound(tier);
    stepNanos.set(TimeUnit.MILLISECONDS.toNanos(49));
    assertThat(tier.get("a")).isNull();
    assertThat(tier.holding().on()).isTrue();
    stepNanos.set(TimeUnit.MILLISECONDS.toNanos(50));
    assertThat(tier.get("a")).isNull();
    assertThat(tier.holding().on()).isFalse();
    assertThat(faults.sum()).isEqualTo(1);
  }

  private ClusterTier slowTier(long pauseMillis) {
    ClusterTier tier = tier(pauseMillis);
    awaitFound(tier);
    stepNanos.set(TimeUnit.MILLISECONDS.toNanos(40));
    for (int i = 0; i < 10; i++) {
      assertThat(tier.holding().on()).as("after %s", i).isTrue();
      assertThat(tier.get("none")).isNull();
    }
    assertThat(tier.holding().on()).isFalse();
    return tier;
  }

  private void othersPut(String... keys) {
    for (String key : keys) {
      cluster.map.put(key, StoredRecord.of(key, StoreSamples.response(key, 1), true));
    }
  }

  @Test
  void oneThatIsAlwaysSlowIsNotAskedUntilItIsQuick() {
    othersPut("a", "b");
    ClusterTier tier = slowTier(PAUSE_MILLIS);
    tier.remove("a");
    Await.until("told", () -> !cluster.map.containsKey("a"));
    assertThat(tier.get("b")).isNull();
    int before = cluster.calls.get();
    Await.until("looked at again, and again", () -> cluster.calls.get() >= before + 4);
    assertThat(tier.holding().on()).isFalse();
    stepNanos.set(0);
    awaitFound(tier);
    assertThat(tier.get("b")).isNotNull();
    assertThat(openings).as("it was never lost").hasValue(1);
    assertThat(cluster.map).containsOnlyKeys("b");
  }

  @Test
  void aPurgeWhileItIsSlowLooksThroughItAndClearsNothingElse() {
    othersPut("a", "b");
    ClusterTier tier = slowTier(PAUSE_MILLIS);
    tier.forEach(key -> key.equals("a"), (key, stored) -> tier.remove(key));
    assertThat(owed.alls()).isZero();
    awaitTold();
    assertThat(tier.holding().on()).isFalse();
    assertThat(cluster.map).containsOnlyKeys("b");
  }

  @Test
  void whatIsPutWhileItIsSlowTakesThePlaceOnlyOfWhatIsOwed() {
    othersPut("a", "b");
    ClusterTier tier = slowTier(100_000);
    tier.put("b", StoreSamples.response("b", 2));
    assertThat(owed.of("b")).isNull();
    CountDownLatch free = new CountDownLatch(1);
    cluster.atRemove = () -> Await.until("let go", () -> free.getCount() == 0);
    tier.remove("first");
    tier.remove("a");
    tier.put("a", StoreSamples.response("a", 2));
    free.countDown();
    tier.close();
    assertThat(cluster.map.get("a"))
        .isEqualTo(StoredRecord.of("a", StoreSamples.response("a", 2), true));
    assertThat(cluster.map.get("b"))
        .isEqualTo(StoredRecord.of("b", StoreSamples.response("b", 1), true));
  }

  @Test
  void whatASlowOneIsOwedIsToldBeforeTheEnd() {
    ClusterTier tier = slowTier(100_000);
    for (int i = 0; i < 1000; i++) {
      othersPut("" + i);
      tier.remove("" + i);
    }
    tier.close();
    assertThat(cluster.map).isEmpty();
    assertThat(cluster.closed).hasValue(1);
  }

  @Test
  void aSlowOneThatDoesNotAnswerIsOpenedAnew() {
    ClusterTier tier = slowTier(PAUSE_MILLIS);
    cluster.failing = Set.of("get");
    Await.until("opened anew", () -> openings.get() >= 2);
    cluster.failing = Set.of();
    stepNanos.set(0);
    awaitFound(tier);
  }

  @Test
  void onePauseForAllWhoAskAtOnceIsNotSlowness() {
    ClusterTier tier = tier(100_000);
    awaitFound(tier);
    int[] asking = {20};
    cluster.atGet = // each asks while the one before waits, and all are answered at the end
        () -> {
          if (--asking[0] > 0) {
            assertThat(tier.get("a")).isNull();
          } else {
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(20));
          }
        };
    assertThat(tier.get("a")).isNull();
    assertThat(tier.holding().on()).isTrue();
    assertThat(asking[0]).isZero();
  }

  @Test
  void whatIsToBeMadeStaleWhereItCannotBeReadIsRemoved() {
    othersPut("a", "b");
    HeapTier heap = new HeapTier(10, 1 << 20, () -> 0, new SplittableRandom(1));
    Faults none = new Faults("heap", () -> 0);
    ClusterTier tier = slowTier(PAUSE_MILLIS);
    EhcacheStore store = new EhcacheStore(heap, none, List.of(tier), List.of(faults));
    assertThat(store.revise("a"::equals, each -> each.staleAt(StoreSamples.THEN))).isEqualTo(1);
    awaitTold();
    assertThat(cluster.map).containsOnlyKeys("b");
  }

  @Test
  void aServerThatWasSlowForOnceIsNotOpenedAnew() {
    ClusterTier tier = tier();
    awaitFound(tier);
    cluster.failing = Set.of("remove");
    tier.remove("a");
    Await.until("failed", () -> faults.sum() > 0);
    cluster.failing = Set.of();
    awaitFound(tier);
    awaitTold();
    assertThat(openings).hasValue(1);
    assertThat(cluster.closed).hasValue(0);
  }

  @Test
  void oneThatDoesNotAnswerIsClosedAndOpenedAnew() {
    ClusterTier tier = tier();
    awaitFound(tier);
    refusals.set(2);
    cluster.failing = Set.of("get");
    assertThat(tier.get("a")).isNull();
    Await.until("opened anew", () -> openings.get() >= 4);
    cluster.failing = Set.of();
    awaitFound(tier);
    assertThat(cluster.closed.get()).isPositive();
  }

  @Test
  void whatWasRemovedWhileItWasLostDoesNotComeBack() {
    ClusterTier tier = tier();
    awaitFound(tier);
    tier.put("a", StoreSamples.response("a", 1));
    tier.put("b", StoreSamples.response("b", 1));
    awaitTold();
    cluster.failing = Set.of("get");
    assertThat(tier.get("a")).isNull();
    tier.remove("a");
    cluster.failing = Set.of();
    awaitFound(tier);
    assertThat(tier.get("a")).isNull();
    assertThat(tier.get("b")).isNotNull();
    awaitTold();
    assertThat(cluster.map).containsOnlyKeys("b");
  }

  @Test
  void whatWasReplacedWhileItWasLostIsNotFoundAsItWas() {
    ClusterTier tier = tier();
    awaitFound(tier);
    tier.put("a", StoreSamples.response("a", 1));
    awaitTold();
    cluster.failing = Set.of("get");
    assertThat(tier.get("a")).isNull();
    tier.put("a", StoreSamples.response("a", 2));
    cluster.failing = Set.of();
    awaitFound(tier);
    Stored found = tier.get("a");
    assertThat(found == null || ((StoredResponse) found).body().length == 2).isTrue();
  }

  @Test
  void afterAPurgeWhileItWasLostNothingOfWhatItHeldComesBack() {
    ClusterTier tier = tier();
    awaitFound(tier);
    tier.put("a", StoreSamples.response("a", 1));
    tier.put("b", StoreSamples.response("b", 1));
    awaitTold();
    cluster.failing = Set.of("get");
    assertThat(tier.get("a")).isNull();
    tier.forEach(key -> key.equals("a"), (key, stored) -> {});
    cluster.failing = Set.of();
    awaitFound(tier);
    awaitTold();
    assertThat(cluster.map).isEmpty();
  }

  @Test
  void aPurgeThatBreaksOffClearsAll() {
    ClusterTier tier = tier();
    awaitFound(tier);
    tier.put("a", StoreSamples.response("a", 1));
    awaitTold();
    cluster.failing = Set.of("iterator");
    tier.forEach(key -> true, (key, stored) -> {});
    Await.until("cleared", () -> cluster.map.isEmpty());
    awaitTold();
    awaitFound(tier);
  }

  @Test
  void whereAllIsToGoNothingIsFoundBefore() {
    ClusterTier tier = tier();
    awaitFound(tier);
    tier.put("a", StoreSamples.response("a", 1));
    awaitTold();
    cluster.failing = Set.of("clear");
    owed.removeAll();
    assertThat(tier.get("a")).isNull();
    awaitLost(tier);
    cluster.failing = Set.of();
    awaitFound(tier);
    awaitTold();
    assertThat(cluster.map).isEmpty();
  }

  @Test
  void aPurgeMeetsWhatIsThereAndWhatIsOwed() {
    ClusterTier tier = tier();
    awaitFound(tier);
    tier.put("a", StoreSamples.response("a", 1));
    awaitTold();
    assertThat(owed.put("b", StoreSamples.response("b", 1))).isTrue();
    List<String> met = new ArrayList<>();
    tier.forEach(key -> true, (key, stored) -> met.add(key));
    assertThat(met).contains("a", "b");
  }

  @Test
  void aRecordThatIsNotWholeIsAMissAndStays() {
    ClusterTier tier = tier();
    awaitFound(tier);
    cluster.map.put("a", new byte[100]);
    assertThat(tier.get("a")).isNull();
    assertThat(faults.sum()).isEqualTo(1);
    assertThat(cluster.map).containsKey("a");
  }

  @Test
  void whatDoesNotFitIsCounted() {
    ClusterTier tier = tier();
    awaitFound(tier);
    tier.put("a", StoreSamples.response("a", 33 << 20));
    assertThat(faults.sum()).isEqualTo(1);
  }

  @Test
  void whatIsOwedIsToldBeforeTheEnd() {
    ClusterTier tier = tier();
    awaitFound(tier);
    for (int i = 0; i < 1000; i++) {
      tier.put("" + i, StoreSamples.response("" + i, 1));
    }
    tier.close();
    assertThat(cluster.map).hasSize(1000);
    assertThat(cluster.closed).hasValue(1);
    assertThat(tier.get("1")).isNull();
  }

  @Test
  void theEndDoesNotWaitForAServerThatIsLookedFor() throws InterruptedException {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ClusterLink link =
        new ClusterLink(
            () -> {
              looking.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              throw new IllegalStateException("no server");
            },
            owed,
            faults,
            this::nanos,
            PAUSE_MILLIS);
    looking.await();
    link.close();
    interrupted.await();
    assertThat(link.reached()).isNull();
  }
}
