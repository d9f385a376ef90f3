package dev.gatehouse.cache;

import java.time.Duration;
import java.util.function.Supplier;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.core.internal.resilience.ThrowingResilienceStrategy;
import org.ehcache.core.spi.service.StatisticsService;
import org.ehcache.core.statistics.CacheStatistics;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.impl.serialization.ByteArraySerializer;
import org.ehcache.impl.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * How Ehcache is set up where it keeps bytes: its own fixed encodings of strings and byte arrays,
 * named here so that nothing falls back to Java serialisation; faults come to us instead of its
 * log; an entry goes by itself when it can be of no more use.
 */
final class ByteCaches {
  private static final String NAME = "responses";

  private ByteCaches() {}

  /**
   * With one cache, as {@link #of} sets it up; where it is, and what else it needs, is to follow.
   */
  static CacheManagerBuilder<CacheManager> manager(
      CacheConfigurationBuilder<String, byte[]> cache, StatisticsService statistics) {
    return CacheManagerBuilder.newCacheManagerBuilder()
        .withClassLoader(ByteCaches.class.getClassLoader())
        .using(statistics)
        .withCache(NAME, cache);
  }

  static Cache<String, byte[]> in(CacheManager manager) {
    return manager.getCache(NAME, String.class, byte[].class);
  }

  static CacheStatistics in(StatisticsService statistics) {
    return statistics.getCacheStatistics(NAME);
  }

  static CacheConfigurationBuilder<String, byte[]> of(ResourcePoolsBuilder pools) {
    return CacheConfigurationBuilder.newCacheConfigurationBuilder(String.class, byte[].class, pools)
        .withClassLoader(ByteCaches.class.getClassLoader())
        .withKeySerializer(new StringSerializer())
        .withValueSerializer(new ByteArraySerializer())
        .withResilienceStrategy(new ThrowingResilienceStrategy<>())
        .withExpiry(new Keeping());
  }

  /** As long as {@link Retention} says, from when it is put. */
  private static final class Keeping implements ExpiryPolicy<String, byte[]> {
    @Override
    public Duration getExpiryForCreation(String key, byte[] record) {
      return Duration.ofSeconds(StoredRecord.keepSeconds(record));
    }

    @Override
    public @Nullable Duration getExpiryForAccess(String key, Supplier<? extends byte[]> record) {
      return null; // as it was
    }

    @Override
    public Duration getExpiryForUpdate(
        String key, Supplier<? extends byte[]> before, byte[] record) {
      return getExpiryForCreation(key, record);
    }
  }
}
