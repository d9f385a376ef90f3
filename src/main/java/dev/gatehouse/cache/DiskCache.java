package dev.gatehouse.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.core.internal.statistics.DefaultStatisticsService;
import org.ehcache.core.statistics.CacheStatistics;
import org.ehcache.impl.config.store.disk.OffHeapDiskStoreConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On disk, and there again after a restart if it was closed. */
final class DiskCache implements ByteCache {
  private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);

  private static final int SEGMENTS = OffHeapDiskStoreConfiguration.DEFAULT_DISK_SEGMENTS;

  private final DefaultStatisticsService statistics = new DefaultStatisticsService();
  private final DiskWriter writer = new DiskWriter();
  private final DiskSeal seal;
  private final DiskRoom room;
  private final PersistentCacheManager manager;

  /** Begins with what is there, or, where that can't be trusted or read, with nothing. */
  DiskCache(Path parent, long bytes, LongSupplier nanoTime) throws IOException {
    Path directory = DiskDirectory.made(parent);
    seal = new DiskSeal(directory, StoredRecord.FORMAT + " " + SEGMENTS + " " + bytes);
    room = new DiskRoom(directory, nanoTime);
    if (!seal.isClosed() && !room.isEnough()) {
      throw new IOException("no room on disk");
    }
    boolean hadMore = seal.breaksUnlessWhole();
    manager = manager(directory, bytes);
    boolean again = hasFailedToOpen();
    if (hadMore || again) {
      LOG.warn(
          "cache, disk: {} was not closed, or has been changed or set up otherwise: begins empty",
          directory);
    }
  }

  private PersistentCacheManager manager(Path directory, long bytes) {
    ResourcePoolsBuilder pools =
        ResourcePoolsBuilder.newResourcePoolsBuilder().disk(bytes, MemoryUnit.B, true);
    return ByteCaches.manager(
            ByteCaches.of(pools)
                .withService(new OffHeapDiskStoreConfiguration(DiskWriter.ALIAS, 1, SEGMENTS)),
            statistics)
        .using(writer)
        .with(CacheManagerBuilder.persistence(directory.toFile()))
        .build(false);
  }

  private boolean hasFailedToOpen() {
    try {
      manager.init();
      return false;
    } catch (RuntimeException e) {
      if (!seal.isClosed()) {
        throw e; // another process has it, or nothing can be made there
      }
      seal.destroy();
      manager.init();
      return true;
    }
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
    return true;
  }

  @Override
  public boolean takes(int bytes) {
    return room.isEnough() && writer.keepsUp();
  }

  @Override
  public String refusal() {
    return room.isEnough() ? "the disk does not keep up" : "no room on disk, or not writable";
  }

  @Override
  public void taken(int bytes) {
    room.taken(bytes);
    writer.handed(bytes);
  }

  @Override
  public void close(boolean kept) {
    manager.close();
    if (kept) {
      seal.set();
    } else {
      seal.destroy();
    }
  }
}
