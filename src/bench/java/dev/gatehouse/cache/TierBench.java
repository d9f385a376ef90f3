package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
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
    DISK
  }

  @Param({"HEAP", "OFF_HEAP", "DISK"})
  public Tier tier;

  @Param({"1024", "65536"})
  public int bytes;

  private final String[] keys = new String[KEYS];
  private Path directory;
  private EhcacheStore store;

  /** All of them in the tier, and only one on the heap above it. */
  @Setup
  public void fill() throws IOException {
    directory = Files.createTempDirectory("bench");
    store =
        new EhcacheStore(
            new Tiers(
                tier == Tier.HEAP ? KEYS : 1,
                256L << 20,
                tier == Tier.OFF_HEAP ? 256L << 20 : 0,
                tier == Tier.DISK
                    ? Optional.of(new Tiers.Disk(directory, 512L << 20))
                    : Optional.empty()),
            System::nanoTime,
            new SplittableRandom(1));
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
      store.put(
          keys[i],
          new StoredResponse(200, fields, new byte[bytes], freshness, Fields.NONE, Instant.EPOCH));
    }
  }

  /** Ends it and leaves nothing. */
  @TearDown
  public void end() throws IOException {
    store.close();
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
