package dev.gatehouse.cache;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.core.internal.resilience.ThrowingResilienceStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Entries by reference. Ehcache bounds their number; the {@link HeapLedger} their bytes, and their
 * number before Ehcache has to, so that one rule says who goes. (Ehcache's own count of bytes keeps
 * nothing that reaches a record.) Nothing expires here: what is of no use goes as the least
 * recently used.
 */
final class HeapTier implements AutoCloseable {
  private static final String NAME = "heap";

  private final LongSupplier nanoTime;
  private final HeapLedger ledger;
  private final CacheManager manager;
  private final Cache<String, HeapEntry> cache;

  HeapTier(int maxEntries, long maxBytes, LongSupplier nanoTime, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.ledger = new HeapLedger(maxEntries, maxBytes, random);
    this.manager =
        CacheManagerBuilder.newCacheManagerBuilder()
            .withClassLoader(HeapTier.class.getClassLoader())
            .build(true);
    this.cache =
        manager.createCache(
            NAME,
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                    String.class,
                    HeapEntry.class,
                    ResourcePoolsBuilder.newResourcePoolsBuilder()
                        .heap(Math.max(1, maxEntries), EntryUnit.ENTRIES))
                .withResilienceStrategy(new ThrowingResilienceStrategy<>()));
  }

  @Nullable Stored get(String key) {
    HeapEntry entry = cache.get(key);
    if (entry == null) {
      return null;
    }
    entry.used(nanoTime.getAsLong());
    return entry.stored;
  }

  void put(String key, Stored stored) {
    HeapEntry entry = new HeapEntry(key, stored, nanoTime.getAsLong());
    if (!ledger.takes(entry)) {
      remove(key);
      return;
    }
    List<HeapEntry> victims = ledger.enter(entry);
    for (HeapEntry victim : victims) {
      cache.remove(victim.key, victim);
    }
    stand(key, entry);
    if (!ledger.has(entry)) { // struck out before it stood there to be removed
      cache.remove(key, entry);
    }
  }

  private void stand(String key, HeapEntry entry) {
    HeapEntry before = cache.putIfAbsent(key, entry);
    while (before != null && !cache.replace(key, before, entry)) {
      before = cache.putIfAbsent(key, entry);
    }
    if (before != null) {
      ledger.leave(before);
    }
  }

  void remove(String key) {
    HeapEntry before = cache.get(key);
    while (before != null && !cache.remove(key, before)) {
      before = cache.get(key);
    }
    if (before != null) {
      ledger.leave(before);
    }
  }

  /** Hands over all that is there. */
  void forEach(Predicate<String> keys, Each each) {
    for (Cache.Entry<String, HeapEntry> entry : cache) {
      if (keys.test(entry.getKey())) {
        each.accept(entry.getKey(), entry.getValue().stored);
      }
    }
  }

  CacheStore.Holding holding() {
    return ledger.holding();
  }

  @Override
  public void close() {
    manager.close();
  }

  /** Takes a key and what stands under it. */
  interface Each {
    void accept(String key, Stored stored);
  }
}
