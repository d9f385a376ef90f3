package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Pools;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody is forgotten in the line, and a limit is one at every moment. */
@Timeout(60)
class WaitingConcurrencyTest {
  private static final RequestKey KEY = RequestKey.ANY;
  private static final int THREADS = 8;
  private static final int EACH = 4_000;
  private static final int LIMIT = 3;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ExecutorService waiters = Executors.newFixedThreadPool(4);
  private final Bounds bounds =
      new Bounds(LIMIT, false, Integer.MAX_VALUE, Duration.ofDays(1), waiters, () -> 0);
  private final List<Upstream> ab = Upstreams.weighted(1, 1);
  private final UpstreamPool pool = Pools.pool("p", ab, new RoundRobin(), bounds);
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger[] inFlight = {new AtomicInteger(), new AtomicInteger()};

  @AfterEach
  void stopThreads() throws InterruptedException {
    threads.shutdownNow();
    waiters.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(waiters.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @RepeatedTest(5)
  void everyoneIsServedOnceAndNoLimitIsExceeded() throws Exception {
    CountDownLatch served = new CountDownLatch(THREADS * EACH);
    List<Future<?>> running =
        IntStream.range(0, THREADS)
            .<Future<?>>mapToObj(i -> threads.submit(() -> request(EACH, served)))
            .toList();
    for (Future<?> each : running) {
      each.get();
    }
    assertThat(served.await(30, TimeUnit.SECONDS)).as("left: " + served.getCount()).isTrue();
    assertThat(most.get()).isBetween(1, LIMIT);
    assertThat(pool.waiting()).isZero();
    assertThat(pool.candidates()).allMatch(each -> each.inFlight() == 0);
    assertThat(pool.candidates().stream().mapToLong(Candidate::served).sum())
        .isEqualTo(THREADS * EACH);
  }

  @Test
  void thoseWhoLeaveTakeNobodysTurn() throws Exception {
    CountDownLatch ended = new CountDownLatch(THREADS * EACH);
    List<Future<?>> running =
        IntStream.range(0, THREADS)
            .<Future<?>>mapToObj(i -> threads.submit(() -> leaveOften(new Random(i), ended)))
            .toList();
    for (Future<?> each : running) {
      each.get();
    }
    assertThat(ended.await(30, TimeUnit.SECONDS)).as("left: " + ended.getCount()).isTrue();
    assertThat(pool.waiting()).isZero();
    assertThat(pool.candidates()).allMatch(each -> each.inFlight() == 0);
  }

  private void request(int times, CountDownLatch served) {
    for (int i = 0; i < times; i++) {
      Lease lease = pool.lend(KEY, Set.of());
      if (lease != null) {
        use(lease, served);
      } else {
        assertThat(pool.await(place(called -> use(called, served)))).isTrue();
      }
    }
  }

  private void leaveOften(Random random, CountDownLatch ended) {
    for (int i = 0; i < EACH; i++) {
      AtomicBoolean over = new AtomicBoolean();
      Lease lease = pool.lend(KEY, Set.of());
      if (lease != null) {
        use(lease, ended);
        continue;
      }
      Waiting place =
          place(
              called -> {
                if (over.compareAndSet(false, true)) {
                  use(called, ended);
                } else if (called != null) {
                  called.close(Ending.cancelled());
                }
              });
      assertThat(pool.await(place)).isTrue();
      if (random.nextBoolean()) {
        pool.leave(place);
        if (over.compareAndSet(false, true)) {
          ended.countDown();
        }
      }
    }
  }

  /** Of a request or of a retry that has tried one of both. */
  private Waiting place(Consumer<@Nullable Lease> next) {
    int attempt = ThreadLocalRandom.current().nextInt(3);
    Set<Upstream> tried = attempt == 0 ? Set.of() : Set.of(ab.get(attempt - 1));
    return new Waiting(KEY.again(attempt), tried, Duration.ofDays(1).toNanos(), next);
  }

  private void use(@Nullable Lease lease, CountDownLatch served) {
    assertThat(lease).isNotNull();
    if (lease == null) {
      return;
    }
    AtomicInteger here = inFlight[lease.upstream().equals(ab.get(0)) ? 0 : 1];
    most.accumulateAndGet(here.incrementAndGet(), Math::max);
    Thread.onSpinWait();
    here.decrementAndGet();
    lease.close(Ending.answered(200, 1));
    served.countDown();
  }
}
