package dev.gatehouse.cache;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.clustered.client.config.ClusteringServiceConfiguration;
import org.ehcache.clustered.client.config.Timeouts;
import org.ehcache.clustered.client.config.builders.ClusteredResourcePoolBuilder;
import org.ehcache.clustered.common.ServerSideConfiguration;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.core.internal.statistics.DefaultStatisticsService;
import org.ehcache.core.statistics.CacheStatistics;
import org.ehcache.impl.serialization.ByteArraySerializer;

/** On a Terracotta server, in memory that is set aside there by the first who comes. */
final class ClusterCache implements ByteCache {
  /** What a server has if nothing else is said. */
  private static final String RESOURCE = "main";

  /** A request waits for it. */
  static final Duration READ = Duration.ofMillis(50);

  /** Nobody does. */
  private static final Duration WRITE = Duration.ofSeconds(1);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final DefaultStatisticsService statistics = new DefaultStatisticsService();
  private final OneConnection source;
  private final PersistentCacheManager manager;

  /** Fails if the server is not found in time, or has no such memory. */
  ClusterCache(URI server, long bytes) {
    source = new OneConnection(server);
    ResourcePoolsBuilder pools =
        ResourcePoolsBuilder.newResourcePoolsBuilder()
            .with(ClusteredResourcePoolBuilder.clusteredDedicated(bytes, MemoryUnit.B));
    manager =
        ByteCaches.manager(ByteCaches.of(pools).withValueSerializer(new Unspent()), statistics)
            .with(
                new ClusteringServiceConfiguration(
                    source,
                    new Timeouts(READ, WRITE, CONNECT),
                    ClusteringServiceConfiguration.ClientMode.AUTO_CREATE,
                    new ServerSideConfiguration(RESOURCE, Map.of()),
                    new Properties()))
            .build(true);
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
    return true; // others write there
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
    if (!kept) {
      source.cut();
    }
    manager.close();
  }

  /**
   * Leaves a record where it was read from: Ehcache's own takes it out, and then what it writes
   * back to the server when it tidies up there is empty.
   */
  private static final class Unspent extends ByteArraySerializer {
    @Override
    public byte[] read(ByteBuffer binary) {
      return super.read(binary.duplicate());
    }
  }
}
