package dev.gatehouse.boot;

import dev.gatehouse.cache.EhcacheStore;
import dev.gatehouse.cache.HttpCache;
import dev.gatehouse.cache.Tiers;
import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.proxy.Forwarding;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;

/** The cache, if it is wanted. */
final class Caching {
  private Caching() {}

  /**
   * Opens its store.
   *
   * @param started takes what is to be closed in the end
   */
  static Optional<HttpCache> start(
      ProxyConfig proxy,
      Forwarding forwarding,
      HttpClient client,
      Consumer<AutoCloseable> started) {
    CacheConfig config = proxy.cache();
    if (!config.enabled()) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom();
    EhcacheStore store = new EhcacheStore(tiers(config.tiers()), System::nanoTime, random.split());
    started.accept(store);
    return Optional.of(
        new HttpCache(
            config,
            proxy.debug(),
            proxy.auth().forwardHeader(),
            store,
            forwarding,
            client.getExecutor(),
            InstantSource.system(),
            System::nanoTime,
            random));
  }

  private static Tiers tiers(CacheConfig.Tiers config) {
    return new Tiers(
        config.maxEntries(),
        config.maxBytes(),
        config.offHeap(),
        config.disk().map(disk -> new Tiers.Disk(disk.path(), disk.bytes())),
        config.cluster().map(each -> new Tiers.Cluster(each.server(), each.bytes())));
  }
}
