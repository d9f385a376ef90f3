package dev.gatehouse.cache;

import dev.gatehouse.container.TerracottaServer;
import dev.gatehouse.http.Fields;
import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a hit costs by tier, at random among a thousand; below the heap with the way up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TierBench {
  private static final int KEYS = 1000;

  /** Where the response is found. */
  public enum Tier {
    HEAP,
    OFF_HEAP,
    DISK,
    CLUSTER
  }

  @Param({"HEAP", "OFF_HEAP", "DISK", "CLUSTER"})
  public Tier tier;

  @Param({"1024", "65536"})
  public int bytes;

  private final String[] keys = new String[KEYS];
  private Path directory;
  private EhcacheStore store;
  private TerracottaServer server;

  /** All of them in the tier, and only one on the heap above it. */
  @Setup
  public void fill() throws IOException {
    directory = Files.createTempDirectory("bench");
    if (tier == Tier.CLUSTER) {
      server = new TerracottaServer(kit(), directory.resolve("terracotta"));
      server.start();
    }
    store = store();
    if (tier == Tier.CLUSTER) {
      awaitCluster();
    }
    Freshness freshness =
        new Freshness(
            Duration.ofMinutes(1),
            Duration.ZERO,
            Instant.EPOCH,
            false,
            false,
            Duration.ZERO,
            Duration.ZERO);
    Fields fields =
        Fields.of(
            "Date",
            "Mon, 23 Nov 2026 12:00:00 GMT",
            "Content-Type",
            "text/html; charset=utf-8",
            "ETag",
            "\"0123456789abcdef\"",
            "Cache-Control",
            "public, max-age=60");
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "GET 4:http 11:example.org 2:80 " + i;
      put(keys[i], new StoredResponse(200, fields, new byte[bytes], freshness, Instant.EPOCH));
    }
    if (tier == Tier.CLUSTER) {
      store.close(); // tells all
      store = store();
      awaitCluster();
    }
  }

  private EhcacheStore store() {
    return new EhcacheStore(
        new Tiers(
            tier == Tier.HEAP ? KEYS : 1,
            256L << 20,
            tier == Tier.OFF_HEAP ? 256L << 20 : 0,
            tier == Tier.DISK
                ? Optional.of(new Tiers.Disk(directory, 512L << 20))
                : Optional.empty(),
            tier == Tier.CLUSTER
                ? Optional.of(new Tiers.Cluster(server.address(), 120L << 20))
                : Optional.empty()),
        System::nanoTime,
        new SplittableRandom(1));
  }

  private static Path kit() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("target"))) {
      return all.filter(each -> each.getFileName().toString().startsWith("ehcache-clustered-"))
          .findFirst()
          .orElseThrow()
          .resolve("server");
    }
  }

  private void awaitCluster() {
    Await.until("the cluster", () -> store.tiers().get("cluster").on());
  }

  /** What is not written at once waits on the heap, where there is not room for all. */
  private void put(String key, StoredResponse response) {
    long faults = store.holding().faults();
    store.put(key, response);
    if (store.holding().faults() > faults) {
      Await.until(
          "room",
          () -> {
            long before = store.holding().faults();
            store.put(key, response);
            return store.holding().faults() == before;
          });
    }
  }

  /** Ends it and leaves nothing. */
  @TearDown
  public void end() throws IOException {
    store.close();
    if (server != null) {
      server.close();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A hit. */
  @Benchmark
  public Stored hit() {
    return store.get(keys[ThreadLocalRandom.current().nextInt(KEYS)]);
  }
}
