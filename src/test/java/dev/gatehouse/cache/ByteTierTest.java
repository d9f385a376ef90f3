package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogLines;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ehcache.Cache;
import org.ehcache.core.statistics.CacheStatistics;
import org.junit.jupiter.api.Test;

class ByteTierTest {
  private final Map<String, byte[]> map = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Broken broken = new Broken();
  private final Faults faults = new Faults("test", nanos::get);
  private final ByteTier tier = new ByteTier("test", broken, faults, nanos::get);

  /** Has one entry. */
  private final class Breaking implements Iterator<Cache.Entry<String, byte[]>> {
    private boolean begun;

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public Cache.Entry<String, byte[]> next() {
      if (begun) {
        throw new IllegalStateException("key=secret");
      }
      begun = true;
      Map.Entry<String, byte[]> first = map.entrySet().iterator().next();
      return FakeByteCache.entry(first.getKey(), first.getValue());
    }
  }

  /** Throws where it is told to. */
  private final class Broken implements ByteCache {
    private String failing = "";
    private Throwable failure = new IllegalStateException("key=secret");
    private boolean full;
    private boolean kept = true;

    @Override
    @SuppressWarnings("unchecked")
    public Cache<String, byte[]> cache() {
      return (Cache<String, byte[]>)
          Proxy.newProxyInstance(
              Cache.class.getClassLoader(),
              new Class<?>[] {Cache.class},
              (proxy, method, arguments) -> {
                if (failing.contains(method.getName())) {
                  throw failure;
                }
                return switch (method.getName()) {
                  case "get" -> map.get(arguments[0]);
                  case "put" -> {
                    map.put((String) arguments[0], (byte[]) arguments[1]);
                    yield null;
                  }
                  case "remove" -> {
                    map.remove(arguments[0]);
                    yield null;
                  }
                  case "clear" -> {
                    map.clear();
                    yield null;
                  }
                  case "iterator" -> new Breaking();
                  default -> throw new AssertionError(method);
                };
              });
    }

    @Override
    public CacheStatistics statistics() {
      throw new IllegalStateException();
    }

    @Override
    public boolean hashed() {
      return true;
    }

    @Override
    public boolean takes(int bytes) {
      return !full;
    }

    @Override
    public String refusal() {
      return "full";
    }

    @Override
    public void taken(int bytes) {}

    @Override
    public void close(boolean kept) {
      this.kept = kept;
    }
  }

  @Test
  void whatThrowsIsAMissAndCounted() {
    tier.put("a", StoreSamples.response("a", 1));
    broken.failing = "get";
    assertThat(tier.get("a")).isNull();
    broken.failure = new InternalError("a fault occurred in an unsafe memory access operation");
    assertThat(tier.get("a")).isNull();
    broken.failing = "";
    assertThat(tier.get("a")).isNotNull();
    assertThat(faults.sum()).isEqualTo(2);
    assertThat(tier.holding().faults()).isEqualTo(2);
  }

  @Test
  void whatCannotBePutIsAtLeastNotWhatItWas() {
    tier.put("a", StoreSamples.response("a", 1));
    broken.failing = "put";
    tier.put("a", StoreSamples.response("a", 2));
    assertThat(tier.get("a")).isNull();
    broken.failing = "";
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
    broken.failing = "remove clear";
    tier.remove("a");
    assertThat(tier.get("a")).isNull();
    assertThat(tier.get("b")).isNull();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    tier.put("c", StoreSamples.response("c", 1));
    assertThat(map).containsOnlyKeys("a", "b");
    broken.failing = "";
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
    broken.failing = "clear";
    tier.forEach(key -> true, (key, stored) -> {});
    assertThat(tier.get("a")).isNull();
    tier.close();
    assertThat(broken.kept).isFalse();
  }

  @Test
  void whatItHeldWhenItWasOffMustNotBeThereAgain() {
    broken.failing = "remove";
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
    broken.failing = "get";
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
