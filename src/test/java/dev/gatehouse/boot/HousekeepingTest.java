package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogLines;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HousekeepingTest {
  private static final Duration SOON = Duration.ofMillis(1);

  private final AtomicInteger done = new AtomicInteger();

  @Test
  void aDiskThatBlocksHoldsUpNothingThatMustBeInTime() {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (Housekeeping housekeeping = new Housekeeping()) {
      housekeeping.every(
          SOON,
          () -> {
            blocked.countDown();
            await(never);
          });
      housekeeping.inTime(
          SOON,
          () -> {
            await(blocked);
            done.incrementAndGet();
          });
      Await.until("ten times", () -> done.get() >= 10);
    }
  }

  @Test
  void whatFailsIsLoggedAndDoneAgain() {
    try (LogLines log = new LogLines(Housekeeping.class);
        Housekeeping housekeeping = new Housekeeping()) {
      housekeeping.every(SOON, this::fail);
      Await.until("ten times", () -> done.get() >= 10);
      assertThat(log.lines()).contains("WARNING housekeeping failed");
    }
  }

  @Test
  void whatFailsInTimeIsLoggedByTheOtherThread() {
    try (LogLines log = new LogLines(Housekeeping.class);
        Housekeeping housekeeping = new Housekeeping()) {
      housekeeping.inTime(SOON, this::fail);
      Await.until("ten times", () -> done.get() >= 10);
      Await.until("a complaint", () -> !log.lines().isEmpty());
      assertThat(log.threads()).containsOnly("gatehouse-housekeeping");
    }
  }

  @Test
  void closingItEndsBothThreads() {
    Housekeeping housekeeping = new Housekeeping();
    housekeeping.inTime(SOON, done::incrementAndGet);
    housekeeping.every(SOON, done::incrementAndGet);
    Await.until("a beginning", () -> done.get() > 1);
    housekeeping.close();
    int then = done.get();
    Await.until("no thread", () -> threads() == 0);
    assertThat(done.get()).isEqualTo(then);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("gatehouse-(time|housekeeping)"))
        .count();
  }

  private void fail() {
    done.incrementAndGet();
    throw new IllegalStateException("for once");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
