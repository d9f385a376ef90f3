package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ThreadTimerTest {
  @Test
  void workIsDoneOnOneNamedDaemonThread() throws Exception {
    ThreadTimer timer = new ThreadTimer("gatehouse-health-test");
    CompletableFuture<Thread> seen = new CompletableFuture<>();
    timer.after(Duration.ofMillis(1), () -> seen.complete(Thread.currentThread()));
    Thread thread = seen.get(10, TimeUnit.SECONDS);
    assertThat(thread.getName()).isEqualTo("gatehouse-health-test");
    assertThat(thread.isDaemon()).isTrue();
    timer.close();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void closeDropsWhatIsPlannedAndWhatComesLater() throws Exception {
    ThreadTimer timer = new ThreadTimer("gatehouse-health-test");
    AtomicInteger done = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    timer.after(
        Duration.ZERO,
        () -> {
          begun.countDown();
          done.incrementAndGet();
        });
    timer.after(Duration.ofHours(1), done::incrementAndGet);
    begun.await();
    timer.close();
    timer.after(Duration.ZERO, done::incrementAndGet);
    assertThat(done).hasValue(1);
  }

  @Test
  void aFailureOfOnePieceOfWorkLeavesTheOthers() throws Exception {
    ThreadTimer timer = new ThreadTimer("gatehouse-health-test");
    CompletableFuture<String> seen = new CompletableFuture<>();
    timer.after(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException();
        });
    timer.after(Duration.ZERO, () -> seen.complete("done"));
    assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("done");
    timer.close();
  }
}
