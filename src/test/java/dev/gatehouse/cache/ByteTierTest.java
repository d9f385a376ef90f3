package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ByteTierTest {
  private final Map<String, byte[]> map = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final FakeByteCache broken = new FakeByteCache(map);
  private final Faults faults = new Faults("test", nanos::get);
  private final ByteTier tier = new ByteTier("test", broken, faults, nanos::get);

  @Test
  void whatThrowsIsAMissAndCounted() {
    tier.put("a", StoreSamples.response("a", 1));
    broken.failing = Set.of("get");
    assertThat(tier.get("a")).isNull();
    broken.failure = new InternalError("a fault occurred in an unsafe memory access operation");
    assertThat(tier.get("a")).isNull();
    broken.failing = Set.of();
    assertThat(tier.get("a")).isNotNull();
    assertThat(faults.sum()).isEqualTo(2);
    assertThat(tier.holding().faults()).isEqualTo(2);
  }

  @Test
  void whatCannotBePutIsAtLeastNotWhatItWas() {
    tier.put("a", StoreSamples.response("a", 1));
    broken.failing = Set.of("put");
    tier.put("a", StoreSamples.response("a", 2));
    assertThat(tier.get("a")).isNull();
    broken.failing = Set.of();
    tier.put("a", StoreSamples.response("a", 1));
    broken.full = true;
    tier.put("a", StoreSamples.response("a", 2));
    assertThat(tier.get("a")).isNull();
    assertThat(faults.sum()).isEqualTo(2);
  }

  @Test
  void whereNothingCanBeRemovedItIsOffUntilAllIsCleared() {
    tier.put("a", StoreSamples.response("a", 1));
    tier.put("b", StoreSamples.response("b", 1));
    broken.failing = Set.of("remove", "clear");
    tier.remove("a");
    assertThat(tier.get("a")).isNull();
    assertThat(tier.get("b")).isNull();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    tier.put("c", StoreSamples.response("c", 1));
    assertThat(map).containsOnlyKeys("a", "b");
    broken.failing = Set.of();
    tier.put("c", StoreSamples.response("c", 1));
    assertThat(map).as("not before a minute").containsOnlyKeys("a", "b");
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    tier.put("c", StoreSamples.response("c", 1));
    assertThat(map).containsOnlyKeys("c");
    assertThat(tier.get("c")).isNotNull();
    tier.close();
    assertThat(broken.kept).isTrue();
  }

  @Test
  void aPurgeThatBreaksOffClearsAll() {
    tier.put("a", StoreSamples.response("a", 1));
    tier.put("b", StoreSamples.response("b", 1));
    broken.failing = Set.of("next");
    List<String> met = new ArrayList<>();
    tier.forEach(key -> true, (key, stored) -> met.add(key));
    assertThat(met).hasSize(1);
    assertThat(map).isEmpty();
    assertThat(faults.sum()).isEqualTo(1);
    assertThat(tier.holding().on()).isTrue();
  }

  @Test
  void ifNotEvenThatCanBeDoneItIsOff() {
    tier.put("a", StoreSamples.response("a", 1));
    tier.put("b", StoreSamples.response("b", 1));
    broken.failing = Set.of("next", "clear");
    tier.forEach(key -> true, (key, stored) -> {});
    assertThat(tier.get("a")).isNull();
    tier.close();
    assertThat(broken.kept).isFalse();
  }

  @Test
  void whatItHeldWhenItWasOffMustNotBeThereAgain() {
    broken.failing = Set.of("remove");
    tier.remove("a");
    tier.close();
    assertThat(broken.kept).isFalse();
  }

  @Test
  void aRecordThatIsNotWholeIsRemoved() {
    map.put("a", new byte[100]);
    assertThat(tier.get("a")).isNull();
    assertThat(map).isEmpty();
    assertThat(faults.sum()).isEqualTo(1);
  }

  @Test
  void faultsAreToldOnceAMinuteWithTheirCountAndWithoutTheKey() {
    broken.failing = Set.of("get");
    broken.failure = new IllegalStateException("key=secret");
    try (LogLines log = new LogLines(Faults.class)) {
      for (int i = 0; i < 1000; i++) {
        assertThat(tier.get("a")).isNull();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
      }
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(1)).contains("600 faults", "IllegalStateException");
      assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
    }
  }
}
