package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig.Policy;
import dev.gatehouse.testkit.Pools;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class UpstreamPoolConcurrencyTest {
  private static final RequestKey KEY = RequestKey.ANY;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aThousandConcurrentRequestsAreSharedExactly() throws Exception {
    var pool = Pools.pool("p", Upstreams.weighted(1, 1, 1, 1), new RoundRobin());
    inParallel(1_000, start -> awaiting(start, () -> pool.lend(KEY, Set.of()) != null));
    assertThat(pool.candidates()).allMatch(c -> c.inFlight() == 250);
  }

  @Test
  void weightsAreExactForManyThreads() throws Exception {
    var pool = Pools.pool("p", Upstreams.weighted(5, 3, 1, 1), new RoundRobin());
    inParallel(8, start -> awaiting(start, () -> lendAndClose(pool, 12_500)));
    assertThat(pool.candidates())
        .extracting(Candidate::served)
        .containsExactly(50_000L, 30_000L, 10_000L, 10_000L);
    assertThat(pool.candidates()).allMatch(c -> c.inFlight() == 0);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void eachPolicyCountsRightWhileBackendsComeAndGo(Policy policy) throws Exception {
    List<Upstream> all = Upstreams.weighted(5, 1, 1, 2);
    LoadBalancer balancer =
        Policies.of(policy, () -> ThreadLocalRandom.current().nextLong(), System::nanoTime);
    var pool = Pools.pool("p", all, balancer, Upstreams.atMost(3));
    AtomicBoolean done = new AtomicBoolean();
    Future<?> flapping =
        threads.submit(
            () -> {
              for (int i = 0; !done.get(); i++) {
                pool.setWell(all.get(1 + i % 3), i % 2 == 0);
              }
            });
    inParallel(6, start -> awaiting(start, () -> lendIfPossible(pool, 20_000)));
    done.set(true);
    flapping.get();
    assertThat(pool.candidates()).allMatch(c -> c.inFlight() == 0);
    assertThat(pool.candidates()).allMatch(c -> c.served() + c.failed() == c.lent());
  }

  /** Never more than the limit at one. */
  private static boolean lendIfPossible(UpstreamPool pool, int times) {
    boolean within = true;
    for (int i = 0; i < times; i++) {
      Lease lease = pool.lend(new RequestKey("key " + i, "", 0), Set.of());
      for (Candidate candidate : pool.candidates()) {
        within &= candidate.inFlight() <= 3;
      }
      if (lease != null) {
        lease.close(i % 5 == 0 ? Ending.reset() : Ending.answered(200, i));
      }
    }
    return within;
  }

  @Test
  void availabilityMayChangeWhileOthersLend() throws Exception {
    List<Upstream> all = Upstreams.weighted(5, 1, 1, 2);
    var pool = Pools.pool("p", all, new RoundRobin());
    AtomicBoolean done = new AtomicBoolean();
    Future<?> flapping =
        threads.submit(
            () -> {
              for (int i = 0; !done.get(); i++) {
                pool.setWell(all.get(1 + i % 3), i % 2 == 0);
              }
            });
    inParallel(8, start -> awaiting(start, () -> lendAndClose(pool, 20_000)));
    done.set(true);
    flapping.get();
    assertThat(pool.candidates().stream().mapToLong(Candidate::served).sum()).isEqualTo(160_000);
    assertThat(pool.candidates()).allMatch(c -> c.inFlight() == 0);

    all.forEach(upstream -> pool.setWell(upstream, upstream.id().equals("d")));
    for (int i = 0; i < 100; i++) {
      assertThat(Upstreams.lend(pool, KEY).upstream()).isEqualTo(all.get(3));
    }
  }

  @Test
  void aLeaseClosedByTwoThreadsIsCountedOnce() throws Exception {
    var pool = Pools.pool("p", Upstreams.weighted(1), new RoundRobin());
    Candidate only = pool.candidates().get(0);
    for (int i = 0; i < 500; i++) {
      Lease lease = Upstreams.lend(pool, KEY);
      inParallel(2, start -> awaiting(start, () -> close(lease)));
      assertThat(only.inFlight()).isZero();
      assertThat(only.served() + only.failed()).isEqualTo(i + 1);
    }
  }

  private static boolean lendAndClose(UpstreamPool pool, int times) {
    for (int i = 0; i < times; i++) {
      Upstreams.lend(pool, KEY).close(Ending.answered(200, 1));
    }
    return true;
  }

  private static boolean close(Lease lease) {
    boolean even = Thread.currentThread().getId() % 2 == 0;
    lease.close(even ? Ending.answered(200, 1) : Ending.reset());
    return true;
  }

  private interface Task {
    Callable<Boolean> waitingFor(CyclicBarrier start);
  }

  private static Callable<Boolean> awaiting(CyclicBarrier start, Callable<Boolean> work) {
    return () -> {
      start.await();
      return work.call();
    };
  }

  private void inParallel(int count, Task task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    List<Callable<Boolean>> tasks =
        IntStream.range(0, count).mapToObj(i -> task.waitingFor(start)).toList();
    for (Future<Boolean> future : threads.invokeAll(tasks)) {
      assertThat(future.get()).isTrue();
    }
  }
}
