package dev.gatehouse.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.StoreTrial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store that is full, and the store on disk whose process is killed while it writes. */
@DisplayName("The cache's store")
final class CacheStoreSoak {
  private static final long MB = 1L << 20;

  @TempDir private Path directory;

  /** R19. */
  @Test
  void tenTimesMoreThanFitsNeverTakesMoreThanItMay() throws Exception {
    long room = 64 * MB;
    try (StoreTrial trial = StoreTrial.tenfold(room)) {
      long before = usedHeap();
      trial.run(16, 20);
      long real = usedHeap() - before;
      Figures.print(
          "store full: %d hits, %d misses, %d wrong; of %d bytes at most %d by count; heap %d",
          trial.hits(), trial.misses(), trial.wrong(), room, trial.mostBytes(), real);
      assertThat(trial.wrong()).isZero();
      assertThat(trial.hits()).isPositive();
      assertThat(trial.holding().faults()).isZero();
      assertThat(trial.mostBytes()).isBetween(room / 2, room);
      assertThat(real).isLessThan(room + room / 20);
    }
  }

  /** R20. */
  @Test
  void killedWhileItWritesItStartsAndServesNothingTorn() throws Exception {
    long longest = 0;
    for (int i = 0; i < 20; i++) {
      Process process = start(3600);
      try {
        long[] said = said(process);
        longest = Math.max(longest, said[0]);
        Thread.sleep(100 + 97L * (i % 10));
      } finally {
        process.destroyForcibly().waitFor(); // SIGKILL
      }
    }
    Process last = start(5);
    said(last);
    assertThat(last.waitFor()).isZero();
    Process again = start(0);
    long kept = said(again)[2];
    assertThat(again.waitFor()).isZero();
    Figures.print(
        "store on disk: killed 20 times, opened in at most %d ms; closed once, %d kept",
        longest, kept);
    assertThat(longest).isLessThan(10_000);
    assertThat(kept).isPositive();
  }

  private Process start(int seconds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            StoreTrial.class.getName(),
            directory.toString(),
            Integer.toString(seconds))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Milliseconds to open, whether there is a disk tier, and how many were found, torn, wrong. */
  private static long[] said(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    long[] said = Arrays.stream(lines.readLine().split(" ")).mapToLong(Long::parseLong).toArray();
    assertThat(said[1]).as("disk tier").isEqualTo(1);
    assertThat(said[3]).as("torn").isZero();
    assertThat(said[4]).as("wrong").isZero();
    return said;
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(200);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
