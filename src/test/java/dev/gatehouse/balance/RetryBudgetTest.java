package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong now = new AtomicLong(-5 * SECOND); // nanoTime may begin anywhere
  private final RetryBudget budget = new RetryBudget(20, now::get);

  @Test
  void threeASecondAreAlwaysAllowed() {
    assertThat(taken(1_000)).isEqualTo(30);
    assertThat(budget.left()).isZero();
    now.addAndGet(10 * SECOND);
    assertThat(budget.left()).isEqualTo(30);
    assertThat(taken(1_000)).isEqualTo(30);
    assertThat(budget.retries()).isEqualTo(60);
  }

  @Test
  void aFifthOfTheRequestsMayBeRetries() {
    requests(1_000);
    assertThat(taken(1_000)).isEqualTo(200);
    requests(500);
    assertThat(taken(1_000)).isEqualTo(100);
  }

  @Test
  void whatWasLongAgoDoesNotCount() {
    requests(1_000);
    now.addAndGet(9 * SECOND);
    assertThat(budget.left()).isEqualTo(200);
    now.addAndGet(SECOND);
    assertThat(budget.left()).isEqualTo(30);
    now.addAndGet(1_000_000 * SECOND);
    assertThat(taken(100)).isEqualTo(30);
  }

  @Test
  void withNoPercentOnlyTheThreeAreLeft() {
    RetryBudget none = new RetryBudget(0, now::get);
    IntStream.range(0, 10_000).forEach(i -> none.request());
    assertThat(none.left()).isEqualTo(30);
  }

  /** Against a list of all times, which is slow and plainly right. */
  @Test
  void overAnyTenSecondsThereAreNoMoreThanAllowed() {
    SplittableRandom random = new SplittableRandom(7);
    List<long[]> all = new java.util.ArrayList<>(); // second, and 1 for a retry
    for (int i = 0; i < 20_000; i++) {
      now.addAndGet(random.nextLong(SECOND / 20));
      long second = (now.get() + 5 * SECOND) / SECOND;
      if (random.nextInt(3) > 0) {
        budget.request();
        all.add(new long[] {second, 0});
      } else {
        long requests = count(all, second, 0);
        long retries = count(all, second, 1);
        boolean allowed = retries < Math.max(30, requests * 20 / 100);
        assertThat(budget.take()).isEqualTo(allowed);
        if (allowed) {
          all.add(new long[] {second, 1});
        }
      }
    }
  }

  @Test
  void threadsDoNotLoseRequests() {
    CompletableFuture<?>[] threads =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.runAsync(() -> requests(25_000)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(threads).join();
    assertThat(budget.left()).isEqualTo(20_000);
  }

  private static long count(List<long[]> all, long second, int kind) {
    return all.stream().filter(each -> each[0] > second - 10 && each[1] == kind).count();
  }

  private void requests(int times) {
    for (int i = 0; i < times; i++) {
      budget.request();
    }
  }

  private int taken(int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      taken += budget.take() ? 1 : 0;
    }
    return taken;
  }
}
