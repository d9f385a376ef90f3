package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Pools;
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
  private final UpstreamPool pool = Pools.pool("p", ab, new RoundRobin(), bounds);
  private final List<String> called = new ArrayList<>();
  private final List<@Nullable Lease> leases = new ArrayList<>();

  @Test
  void whoComesWhenAllAreFullGetsTheNextThatIsGivenBack() {
    Lease first = Upstreams.lend(pool, KEY);
    Upstreams.lend(pool, KEY);
    assertThat(pool.lend(KEY, Set.of())).isNull();

    assertThat(pool.await(place("x"))).isTrue();
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
  void aRetryWaitsForWhatItHasNotTried() {
    Lease fromA = Upstreams.lend(pool, KEY);
    Lease fromB = Upstreams.lend(pool, KEY);
    wait("x", ab.get(0));
    fromA.close(Ending.reset());
    run();
    assertThat(called).as("a was tried").isEmpty();
    fromB.close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("x");
    assertThat(lease(0)).isEqualTo(ab.get(1));
  }

  @Test
  void itTakesOneAgainWhenThereIsNoOther() {
    Lease fromA = Upstreams.lend(pool, KEY);
    Upstreams.lend(pool, KEY);
    wait("x", ab.get(0));
    fromA.close(Ending.reset());
    pool.setWell(ab.get(1), false);
    run();
    assertThat(called).containsExactly("x");
    assertThat(lease(0)).isEqualTo(ab.get(0));
  }

  @Test
  void aRetryThatWaitsForOneBackendHoldsNobodyUp() {
    Lease fromA = Upstreams.lend(pool, KEY);
    Upstreams.lend(pool, KEY);
    wait("x", ab.get(0));
    wait("x too", ab.get(0));
    wait("y");
    fromA.close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("y");
    Objects.requireNonNull(leases.get(0)).close(Ending.cancelled());
    assertThat(Upstreams.lend(pool, KEY).upstream()).as("who comes").isEqualTo(ab.get(0));
    assertThat(pool.waiting()).isEqualTo(2);
  }

  @Test
  void aRetryIsBeforeThoseWhoWaitForTheFirstTime() {
    Upstreams.lend(pool, KEY);
    Lease fromB = Upstreams.lend(pool, KEY);
    wait("x");
    wait("y", ab.get(0));
    fromB.close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("y");
    Objects.requireNonNull(leases.get(0)).close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("y", "x");
  }

  @Test
  void eachHasItsOwnTime() {
    fill();
    assertThat(pool.patience()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pool.await(place("long", Duration.ofSeconds(2)))).isTrue();
    assertThat(pool.await(place("short", Duration.ofMillis(500)))).isTrue();
    assertThat(pool.await(place("retry", Duration.ofMillis(600), ab.get(0)))).isTrue();
    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    pool.expire(LOOK);
    run();
    assertThat(called).containsExactly("short");
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    pool.expire(LOOK);
    run();
    assertThat(called).containsExactly("short", "retry");
    assertThat(leases).containsOnlyNulls();
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
    assertThat(pool.await(place("x"))).isTrue();
    assertThat(pool.await(place("y", ab.get(0)))).isTrue();
    assertThat(pool.await(place("z"))).isTrue();
    assertThat(pool.await(place("too many"))).isFalse();
    assertThat(pool.await(place("a retry too many", ab.get(0)))).isFalse();
    pool.close();
    run();
    assertThat(called).containsExactlyInAnyOrder("x", "y", "z");
    assertThat(leases).containsOnlyNulls();
    assertThat(pool.await(place("too late"))).isFalse();
  }

  @Test
  void whoLeavesIsNotCalled() {
    Lease first = Upstreams.lend(pool, KEY);
    Upstreams.lend(pool, KEY);
    Waiting x = place("x");
    pool.leave(x);
    assertThat(pool.await(x)).isTrue();
    wait("y");
    pool.leave(x);
    pool.leave(x);
    first.close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("y");
  }

  @Test
  void whenNobodyIsAvailableItIsNoUseToWait() {
    ab.forEach(upstream -> pool.setWell(upstream, false));
    assertThat(pool.lend(KEY, Set.of())).isNull();
    assertThat(pool.await(place("x"))).isFalse();
    assertThat(pool.await(place("x", ab.get(0)))).isFalse();
  }

  @Test
  void aRetryIsServedByItsOwnBackendWhileOthersWaitForAnother() {
    Upstream c = Upstreams.weighted(1, 1, 1).get(2);
    var three = Pools.pool("p", List.of(ab.get(0), ab.get(1), c), new RoundRobin(), bounds);
    Upstreams.lend(three, KEY);
    Lease fromB = Upstreams.lend(three, KEY);
    Upstreams.lend(three, KEY);
    three.setMode(three.candidates().get(1), Mode.DRAINING);
    assertThat(three.await(place("x", ab.get(0)))).isTrue();
    assertThat(three.await(place("y", new RequestKey("", "b", 1), ab.get(0)))).isTrue();
    fromB.close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("y");
  }

  @Test
  void whoseBackendDrainsAndIsFullWaitsForIt() {
    Lease fromA = Upstreams.lend(pool, KEY);
    Lease fromB = Upstreams.lend(pool, KEY);
    pool.candidates().forEach(each -> pool.setMode(each, Mode.DRAINING));
    assertThat(pool.await(place("nobody's"))).isFalse();
    assertThat(pool.await(place("a's", new RequestKey("", "a", 0)))).isTrue();
    assertThat(pool.await(place("b's", new RequestKey("", "b", 0)))).isTrue();
    fromB.close(Ending.cancelled());
    run();
    assertThat(called).as("not behind a's").containsExactly("b's");
    Objects.requireNonNull(leases.get(0)).close(Ending.cancelled());
    RequestKey toB = new RequestKey("", "b", 0);
    assertThat(Upstreams.lend(pool, toB).upstream()).as("who comes").isEqualTo(ab.get(1));
    assertThat(pool.lend(new RequestKey("", "a", 0), Set.of())).isNull();
    fromA.close(Ending.cancelled());
    run();
    assertThat(called).containsExactly("b's", "a's");
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
    UpstreamPool stopping = Pools.pool("p", Upstreams.weighted(1), new RoundRobin(), late);
    Lease only = Upstreams.lend(stopping, KEY);
    assertThat(stopping.await(new Waiting(KEY, Set.of(), nanos.get(), leases::add))).isTrue();
    only.close(Ending.cancelled());
    assertThat(leases).hasSize(1).doesNotContainNull();
  }

  private Upstream lease(int index) {
    return Objects.requireNonNull(leases.get(index)).upstream();
  }

  private void fill() {
    Upstreams.lend(pool, KEY);
    Upstreams.lend(pool, KEY);
  }

  private void wait(String name, Upstream... tried) {
    assertThat(pool.await(place(name, tried))).isTrue();
  }

  /** For a second; who has tried one is a retry. */
  private Waiting place(String name, Upstream... tried) {
    return place(name, Duration.ofSeconds(1), tried);
  }

  private Waiting place(String name, Duration most, Upstream... tried) {
    return place(name, KEY.again(tried.length), most, tried);
  }

  private Waiting place(String name, RequestKey key, Upstream... tried) {
    return place(name, key, Duration.ofSeconds(1), tried);
  }

  private Waiting place(String name, RequestKey key, Duration most, Upstream... tried) {
    return new Waiting(
        key,
        Set.of(tried),
        nanos.get() + most.toNanos(),
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
