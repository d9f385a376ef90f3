package dev.gatehouse.cache;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.ehcache.Cache;
import org.ehcache.core.statistics.TierStatistics;
import org.jspecify.annotations.Nullable;

/**
 * One of Ehcache's tiers that keep bytes, with all that may go wrong there.
 *
 * <p>Ehcache sees byte arrays alone: it holds a segment's lock while it decodes, so the work on
 * records is done outside. What can't be put is at least no longer what it was before; where not
 * even that can be made sure, the tier is off until all of it could be cleared.
 */
final class ByteTier implements LowerTier {
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final ByteCache opened;
  private final Cache<String, byte[]> cache;
  private final Faults faults;
  private final LongSupplier nanoTime;
  private final ReentrantLock retrying = new ReentrantLock();
  private volatile long nextTryNanos;
  private volatile boolean off;

  ByteTier(String name, ByteCache opened, Faults faults, LongSupplier nanoTime) {
    this.name = name;
    this.opened = opened;
    this.cache = opened.cache();
    this.faults = faults;
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable Stored get(String key) {
    if (off) {
      return null;
    }
    try {
      byte[] record = cache.get(key);
      if (record == null) {
        return null;
      }
      Stored stored = StoredRecord.read(key, record, opened.hashed());
      if (stored == null) {
        faults.count("a record that is not whole");
        remove(key);
      }
      return stored;
    } catch (RuntimeException | InternalError e) { // InternalError: a mapped page can't be had
      faults.count(e);
      return null;
    }
  }

  @Override
  public void put(String key, Stored stored) {
    if (off && !comesBack()) {
      return;
    }
    byte[] record = StoredRecord.of(key, stored, opened.hashed());
    if (!opened.takes(record.length)) {
      faults.count(opened.refusal());
      remove(key);
      return;
    }
    try {
      cache.put(key, record);
      opened.taken(record.length);
    } catch (RuntimeException | InternalError e) {
      faults.count(e);
      remove(key);
    }
  }

  @Override
  public void remove(String key) {
    if (off) {
      return; // all of it goes before it is on again
    }
    try {
      cache.remove(key);
    } catch (RuntimeException | InternalError e) {
      faults.count(e);
      turnOff();
    }
  }

  private void turnOff() {
    nextTryNanos = nanoTime.getAsLong() + RETRY_NANOS;
    off = true;
  }

  private boolean comesBack() {
    if (nanoTime.getAsLong() - nextTryNanos < 0 || !retrying.tryLock()) {
      return false;
    }
    try {
      cache.clear();
      off = false;
      return true;
    } catch (RuntimeException | InternalError e) {
      faults.count(e);
      nextTryNanos = nanoTime.getAsLong() + RETRY_NANOS;
      return false;
    } finally {
      retrying.unlock();
    }
  }

  /** What can't be looked through to its end is forgotten as a whole. */
  @Override
  public void forEach(Predicate<String> keys, HeapTier.Each each) {
    if (off) {
      return;
    }
    try {
      for (Cache.Entry<String, byte[]> entry : cache) {
        if (keys.test(entry.getKey())) {
          Stored stored = StoredRecord.read(entry.getKey(), entry.getValue(), opened.hashed());
          if (stored != null) {
            each.accept(entry.getKey(), stored);
          }
        }
      }
    } catch (RuntimeException | InternalError e) {
      faults.count(e);
      clear();
    }
  }

  private void clear() {
    try {
      cache.clear();
    } catch (RuntimeException | InternalError e) {
      faults.count(e);
      turnOff();
    }
  }

  @Override
  public CacheStore.Holding holding() {
    try {
      Map<String, TierStatistics> tiers = opened.statistics().getTierStatistics();
      TierStatistics only = tiers.values().iterator().next();
      return new CacheStore.Holding(
          off ? 0 : only.getMappings(),
          off ? 0 : only.getOccupiedByteSize(),
          only.getEvictions(),
          faults.sum(),
          !off);
    } catch (RuntimeException | InternalError e) {
      return new CacheStore.Holding(0, 0, 0, faults.sum(), !off);
    }
  }

  @Override
  public void close() {
    try {
      opened.close(!off);
    } catch (RuntimeException | InternalError e) {
      faults.count(e);
    }
  }
}
