package dev.gatehouse.cache;

import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.core.internal.statistics.DefaultStatisticsService;
import org.ehcache.core.statistics.CacheStatistics;

/** Outside of the heap; gone with the process. */
final class OffHeapCache implements ByteCache {
  /** Ehcache's least. */
  private static final long LEAST_BYTES = 1L << 20;

  private final DefaultStatisticsService statistics = new DefaultStatisticsService();
  private final CacheManager manager;

  /** Allocates all of it now: a JVM without so much says so at once. */
  OffHeapCache(long bytes) {
    ResourcePoolsBuilder pools =
        ResourcePoolsBuilder.newResourcePoolsBuilder()
            .offheap(Math.max(bytes, LEAST_BYTES), MemoryUnit.B);
    manager = ByteCaches.manager(ByteCaches.of(pools), statistics).build(true);
  }

  @Override
  public Cache<String, byte[]> cache() {
    return ByteCaches.in(manager);
  }

  @Override
  public CacheStatistics statistics() {
    return ByteCaches.in(statistics);
  }

  @Override
  public boolean hashed() {
    return false; // our own memory
  }

  @Override
  public boolean takes(int bytes) {
    return true;
  }

  @Override
  public String refusal() {
    return "";
  }

  @Override
  public void taken(int bytes) {}

  @Override
  public void close(boolean kept) {
    manager.close();
  }
}
