package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gatehouse.config.PoolConfig.Policy;
import dev.gatehouse.testkit.Pools;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A choice costs no memory, and lending no more than the lease: 32 bytes on a 64-bit JVM with
 * compressed pointers (header 12, flag 4, three references 12, padding 4). What the JVM at hand
 * takes for a lease is measured as the choices are.
 */
class LendingAllocationTest {
  private static final int CHOICES = 100_000;
  private static final int WARM_UPS = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Object[] kept = new Object[CHOICES]; // so that nothing can be optimised away

  @ParameterizedTest(name = "{0} among {1}, weights up to {2}")
  @CsvSource({
    "ROUND_ROBIN, 4, 1",
    "ROUND_ROBIN, 1000, 1",
    "WEIGHTED, 4, 256",
    "WEIGHTED, 1000, 256",
    "LEAST_REQUESTS, 4, 256",
    "LEAST_REQUESTS, 1000, 256",
    "P2C, 4, 256",
    "P2C, 1000, 256"
  })
  void aChoiceTakesNothingAndLendingALease(Policy policy, int backends, int heaviest) {
    int[] weights = IntStream.range(0, backends).map(i -> 1 + i % heaviest).toArray();
    LoadBalancer balancer =
        Policies.of(policy, () -> ThreadLocalRandom.current().nextLong(), System::nanoTime);
    Roster roster = Upstreams.roster(weights);
    assertThat(bytesEach(i -> balancer.choose(roster, RequestKey.ANY))).as("a choice").isZero();

    UpstreamPool pool = Pools.pool("p", Upstreams.weighted(weights), balancer);
    Candidate some = pool.candidates().get(0);
    Circuit circuit = Objects.requireNonNull(some.begin());
    long lease = bytesEach(i -> new Lease(pool, some, circuit));
    assertThat(lease).as("a lease by itself").isBetween(24L, 48L);
    Set<Upstream> none = Set.of();
    assertThat(bytesEach(i -> Objects.requireNonNull(pool.lend(RequestKey.ANY, none))))
        .as("a choice with its lease")
        .isLessThanOrEqualTo(lease);
  }

  /** Rounded down: one unrelated allocation among so many does not count. */
  private long bytesEach(IntFunction<Object> work) {
    for (int i = 0; i < WARM_UPS; i++) {
      var unused = bytes(work);
    }
    return bytes(work) / CHOICES;
  }

  private long bytes(IntFunction<Object> work) {
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < CHOICES; i++) {
      kept[i] = work.apply(i);
    }
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }
}
