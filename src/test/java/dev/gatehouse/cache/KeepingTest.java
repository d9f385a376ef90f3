package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.CacheCounters.Event;
import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.ServletFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is stored while others purge. */
class KeepingTest {
  private static final Target TARGET = new Target("http", "h", "/a");
  private static final String KEY = CacheKey.of("GET", TARGET, CacheKey.NO_BODY);

  private final CacheConfig config = Rules.DEFAULT.config();
  private final EhcacheStore store =
      new EhcacheStore(
          new Tiers(100, 1 << 20, 0, Optional.empty()), () -> 0, new SplittableRandom(1));
  private final Variants variants =
      new Variants(store, new SplittableRandom(1), List.of(), Vary.RFC);
  private final CacheParts parts =
      new CacheParts(
          config,
          new CachePolicy(config.rules()),
          new StoragePolicy(config),
          variants,
          new Flights(() -> 0),
          new CacheCounters(),
          new Purges(),
          new CaptureRoom(Long.MAX_VALUE),
          new Reporter(config, false),
          new FakeBodies(),
          (request, response) -> {},
          ServletFields::of,
          Runnable::run,
          () -> Instant.EPOCH,
          () -> 0);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatNobodyHasPurgedIsKept() {
    parts.purges().add(PurgeScope.all());
    parts.keep(KEY, Fields.NONE, PurgeScopeTest.tagged("a"), parts.purges().count());
    assertThat(store.get(KEY)).isNotNull();
    assertThat(parts.counters().total(Event.STORED)).isEqualTo(1);
  }

  @Test
  void whatWasPurgedOnItsWayIsNotKept() {
    long before = parts.purges().count();
    parts.purges().add(PurgeScope.tags(Set.of("a")));
    parts.keep(KEY, Fields.NONE, PurgeScopeTest.tagged("a"), before);
    assertThat(store.get(KEY)).isNull();
    assertThat(parts.counters().total(Refusal.PURGED)).isEqualTo(1);
    assertThat(parts.counters().total(Event.STORED)).isZero();
    parts.keep(KEY, Fields.NONE, PurgeScopeTest.tagged("b"), before);
    assertThat(store.get(KEY)).isNotNull();
  }

  @Test
  void whatWasPurgedWhileItWasValidatedDoesNotComeBack() {
    StoredResponse first = PurgeScopeTest.tagged("a");
    parts.keep(KEY, Fields.NONE, first, parts.purges().count());
    long before = parts.purges().count();
    parts.purges().add(PurgeScope.of(TARGET));
    parts.update(KEY, KEY, first, PurgeScopeTest.tagged("b"), before);
    assertThat(store.get(KEY)).isSameAs(first);
    parts.update(KEY, KEY, first, PurgeScopeTest.tagged("b"), parts.purges().count());
    assertThat(store.get(KEY)).isNotNull().isNotSameAs(first);
  }

  @Test
  void whatIsGoneIsNotUpdated() {
    StoredResponse gone = PurgeScopeTest.tagged("a");
    parts.update(KEY, KEY, gone, PurgeScopeTest.tagged("a"), parts.purges().count());
    assertThat(store.get(KEY)).isNull();
  }
}
