package dev.gatehouse.boot;

import dev.gatehouse.cache.DiskDirectory;
import dev.gatehouse.cache.EhcacheStore;
import dev.gatehouse.cache.HttpCache;
import dev.gatehouse.cache.Tiers;
import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.config.Problem;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.proxy.ClientBodies;
import dev.gatehouse.proxy.Forwarding;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;

/** The cache, if it is wanted. */
final class Caching {
  private static final String DISK = "proxy.cache.disk";

  private Caching() {}

  /**
   * Opens its store.
   *
   * @param started takes what is to be closed in the end
   */
  static Optional<HttpCache> start(
      ProxyConfig proxy,
      ClientBodies bodies,
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
            bodies,
            forwarding,
            forwarding::sent,
            client.getExecutor(),
            InstantSource.system(),
            System::nanoTime,
            random));
  }

  /** What only the store can find wrong. */
  static List<Problem> problems(CacheConfig config) {
    List<Problem> problems = new ArrayList<>(1);
    if (config.enabled()) {
      config
          .tiers()
          .disk()
          .flatMap(
              disk ->
                  DiskDirectory.problem(disk.path())
                      .map(why -> new Problem("", DISK, disk.path().toString(), why)))
          .ifPresent(problems::add);
    }
    return problems;
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
