package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final RequestKey KEY = RequestKey.ANY;

  private static final Duration LOOK = Duration.ofMillis(10);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10); // it may overflow
  private final Deque<Runnable> planned = new ArrayDeque<>();
  private final Bounds bounds =
      new Bounds(1, false, 3, Duration.ofSeconds(1), planned::add, nanos::get);
  private final List<Upstream> ab = Upstreams.weighted(1, 1);
  private final UpstreamPool pool = new UpstreamPool("p", ab, new RoundRobin(), bounds);
  private final List<String> called = new ArrayList<>();
  private final List<@Nullable Lease> leases = new ArrayList<>();

  @Test
  void whoComesWhenAllAreFullGetsTheNextThatIsGivenBack() {
    Lease first = Upstreams.lend(pool, KEY);
    Upstreams.lend(pool, KEY);
    assertThat(pool.lend(KEY, Set.of())).isNull();

    assertThat(wait("x")).isNotNull();
    assertThat(pool.waiting()).isEqualTo(1);
    assertThat(pool.maxWaiting()).isEqualTo(3);
    run();
    assertThat(called).isEmpty();

    first.close(Ending.answered(200, 1));
    assertThat(pool.waiting()).isZero();
    run();
    assertThat(called).containsExactly("x");
    assertThat(Objects.requireNonNull(leases.get(0)).upstream()).isEqualTo(first.upstream());
  }

  @Test
  void theOrderIsThatOfArrivalAndNobodySlipsIn() {
    Lease first = Upstreams.lend(pool, KEY);
    Lease second = Upstreams.lend(pool, KEY);
    wait("x");
    wait("y");
    first.close(Ending.cancelled());
    assertThat(pool.lend(KEY, Set.of())).as("y was there before").isNull();
    assertThat(pool.lend(KEY.again(1), Set.of())).as("there is none to take").isNull();
    second.close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("x", "y");
  }

  @Test
  void aRetryHasWaitedBefore() {
    Lease first = Upstreams.lend(pool, KEY);
    pool.setWell(ab.get(1), false);
    wait("x");
    assertThat(pool.lend(KEY.again(1), Set.of())).isNull();
    first.close(Ending.reset());
    run();
    pool.setWell(ab.get(1), true);
    wait("y");
    assertThat(called).containsExactly("x");
    assertThat(pool.waiting()).as("b has room").isZero();
  }

  @Test
  void whoWaitsForTooLongIsSentAway() {
    fill();
    wait("x");
    nanos.addAndGet(Duration.ofMillis(600).toNanos());
    wait("y");
    nanos.addAndGet(Duration.ofMillis(389).toNanos());
    pool.expire(LOOK);
    run();
    assertThat(called).isEmpty();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    pool.expire(LOOK);
    run();
    assertThat(called).containsExactly("x");
    assertThat(leases.get(0)).isNull();
    assertThat(pool.waiting()).isEqualTo(1);
    pool.expire(LOOK);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    pool.expire(LOOK);
    run();
    assertThat(called).containsExactly("x", "y");
    pool.expire(LOOK);
  }

  @Test
  void noMoreWaitThanMay() {
    fill();
    assertThat(wait("x")).isNotNull();
    assertThat(wait("y")).isNotNull();
    assertThat(wait("z")).isNotNull();
    assertThat(wait("too many")).isNull();
    pool.close();
    run();
    assertThat(called).containsExactly("x", "y", "z");
    assertThat(leases).containsOnlyNulls();
    assertThat(wait("too late")).isNull();
  }

  @Test
  void whoLeavesIsNotCalled() {
    Lease first = Upstreams.lend(pool, KEY);
    Upstreams.lend(pool, KEY);
    Waiting x = Objects.requireNonNull(wait("x"));
    wait("y");
    x.leave();
    x.leave();
    first.close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("y");
  }

  @Test
  void whenNobodyIsAvailableItIsNoUseToWait() {
    ab.forEach(upstream -> pool.setWell(upstream, false));
    assertThat(pool.lend(KEY, Set.of())).isNull();
    assertThat(wait("x")).isNull();
  }

  @Test
  void aBackendThatComesBackServesThoseWhoWait() {
    pool.setWell(ab.get(0), false);
    Upstreams.lend(pool, KEY);
    wait("x");
    wait("y");
    pool.setWell(ab.get(0), true);
    run();
    assertThat(called).containsExactly("x");
    assertThat(pool.waiting()).isEqualTo(1);
  }

  @Test
  void aLeaseIsNotLostWhenThereIsNoThreadForIt() {
    Bounds late =
        new Bounds(
            1,
            false,
            1,
            Duration.ofSeconds(1),
            work -> {
              throw new RejectedExecutionException();
            },
            nanos::get);
    UpstreamPool stopping = new UpstreamPool("p", Upstreams.weighted(1), new RoundRobin(), late);
    Lease only = Upstreams.lend(stopping, KEY);
    assertThat(stopping.await(KEY, leases::add)).isNotNull();
    only.close(Ending.cancelled());
    assertThat(leases).hasSize(1).doesNotContainNull();
  }

  private void fill() {
    Upstreams.lend(pool, KEY);
    Upstreams.lend(pool, KEY);
  }

  private @Nullable Waiting wait(String name) {
    return pool.await(
        KEY,
        lease -> {
          called.add(name);
          leases.add(lease);
        });
  }

  private void run() {
    while (!planned.isEmpty()) {
      planned.remove().run();
    }
  }
}
