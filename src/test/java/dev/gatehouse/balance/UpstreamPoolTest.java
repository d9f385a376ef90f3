package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.testkit.Pools;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpstreamPoolTest {
  private static final RequestKey KEY = RequestKey.ANY;
  private static final RequestKey RETRY = KEY.again(1);

  private final List<Upstream> abc = Upstreams.weighted(1, 1, 1);
  private final Upstream a = abc.get(0);
  private final Upstream b = abc.get(1);
  private final Upstream c = abc.get(2);
  private final UpstreamPool pool = Pools.pool("default", abc, new RoundRobin());

  @Test
  void whatIsNotYetCheckedMayServe() {
    assertThat(pool.id()).isEqualTo("default");
    assertThat(pool.lend(KEY, Set.of())).isNotNull();
    assertThat(abc).allMatch(pool::isAvailable);
  }

  @Test
  void whatIsDownGetsNothingUntilItReturns() {
    pool.setWell(b, false);
    assertThat(pool.isAvailable(b)).isFalse();
    assertThat(lent(6)).doesNotContain(b).contains(a, c);
    pool.setWell(b, true);
    assertThat(lent(6)).contains(a, b, c);
  }

  @Test
  void sayingTheSameAgainChangesNothing() {
    pool.setWell(b, false);
    pool.setWell(b, false);
    pool.setWell(b, true);
    pool.setWell(b, true);
    assertThat(lent(6)).containsExactly(a, b, c, a, b, c);
  }

  @Test
  void aRetryGoesToOneNotTried() {
    for (int i = 0; i < 10; i++) {
      assertThat(Upstreams.lend(pool, RETRY, a, b).upstream()).isEqualTo(c);
    }
    assertThat(pool.offersOtherThan(Set.of(a, b))).isTrue();
    pool.setWell(c, false);
    assertThat(pool.offersOtherThan(Set.of(a, b))).isFalse();
    for (int i = 0; i < 4; i++) {
      assertThat(Upstreams.lend(pool, RETRY, a, b).upstream()).as("only these").isIn(a, b);
    }
    var faithful = new RequestKey("", "b", 2);
    assertThat(Upstreams.lend(pool, faithful, a, b).upstream()).isEqualTo(b);
    pool.setWell(a, false);
    pool.setWell(b, false);
    assertThat(pool.lend(RETRY, Set.of(a, b))).isNull();
  }

  @Test
  void oneThatIsFullIsWaitedForRatherThanTriedTwice() {
    var bounded = Pools.pool("bounded", abc, new RoundRobin(), Upstreams.atMost(1));
    Lease full = Upstreams.lend(bounded, RETRY, a, b);
    assertThat(full.upstream()).isEqualTo(c);
    assertThat(bounded.lend(RETRY, Set.of(a, b))).isNull();
    assertThat(bounded.offersOtherThan(Set.of(a, b))).isTrue();
    bounded.setWell(c, false);
    assertThat(Upstreams.lend(bounded, RETRY, a, b).upstream()).isIn(a, b);
  }

  @Test
  void aBackupServesOnlyWhenNobodyElseDoes() {
    var url = java.net.URI.create("http://spare.test");
    Upstream spare = Upstream.of(new PoolConfig.Backend("spare", url, 1, true));
    var spared = Pools.pool("spared", List.of(a, spare), new RoundRobin());
    for (int i = 0; i < 4; i++) {
      assertThat(Upstreams.lend(spared, KEY).upstream()).isEqualTo(a);
    }
    assertThat(spared.isAvailable(spare)).isFalse();
    assertThat(Upstreams.lend(spared, RETRY, a).upstream()).isEqualTo(spare);
    assertThat(spared.offersOtherThan(Set.of(a, spare))).isFalse();
    assertThat(Upstreams.lend(spared, RETRY, a, spare).upstream()).isEqualTo(a);
    spared.setWell(a, false);
    assertThat(Upstreams.lend(spared, KEY).upstream()).isEqualTo(spare);
    spared.setWell(spare, false);
    assertThat(spared.lend(KEY, Set.of())).isNull();
  }

  @Test
  void whoeverIsFullIsPassedOver() {
    var bounded = Pools.pool("bounded", abc, new RoundRobin(), Upstreams.atMost(2));
    for (int i = 0; i < 6; i++) {
      assertThat(bounded.lend(KEY, Set.of())).isNotNull();
    }
    assertThat(bounded.candidates()).allMatch(each -> each.inFlight() == 2 && each.limit() == 2);
    assertThat(bounded.lend(KEY, Set.of())).isNull();
  }

  @Test
  void anOperatorDecidesWhoServes() {
    Candidate first = pool.candidate("a").orElseThrow();
    pool.setMode(first, Mode.DRAINING);
    assertThat(lent(4)).doesNotContain(a);
    var faithful = new RequestKey("", "a", 0);
    assertThat(Upstreams.lend(pool, faithful).upstream()).isEqualTo(a);
    assertThat(Upstreams.lend(pool, faithful, a).upstream()).isNotEqualTo(a);
    pool.setMode(first, Mode.DISABLED);
    assertThat(Upstreams.lend(pool, faithful).upstream()).isNotEqualTo(a);
    assertThat(Upstreams.lend(pool, new RequestKey("", "x", 0)).upstream()).isNotEqualTo(a);
    pool.setMode(first, Mode.ENABLED);
    pool.setWeight(first, 2);
    assertThat(lent(8)).filteredOn(a::equals).hasSize(4);
    Pools.remove(pool, first);
    assertThat(pool.candidates()).hasSize(2);
    var unused = Pools.add(pool, a);
    assertThat(lent(3)).contains(a, b, c);
  }

  @Test
  void withAllDownThereIsNoLease() {
    abc.forEach(upstream -> pool.setWell(upstream, false));
    assertThat(pool.lend(KEY, Set.of())).isNull();
    assertThat(pool.candidates()).hasSize(3);
  }

  @Test
  void aPoolOfNoneLendsNothing() {
    var none = Pools.pool("none", List.of(), new RoundRobin());
    assertThat(none.lend(KEY, Set.of())).isNull();
  }

  @Test
  void aLeaseCountsInFlightAndThenServedOrFailed() {
    Candidate first = pool.candidates().get(0);
    Lease lease = Upstreams.lend(pool, KEY);
    assertThat(first.inFlight()).isEqualTo(1);
    lease.close(Ending.answered(200, 1));
    lease.close(Ending.reset());
    assertThat(first.inFlight()).isZero();
    assertThat(first.served()).isEqualTo(1);
    assertThat(first.failed()).isZero();
    Upstreams.lend(pool, RETRY, b, c).close(Ending.reset());
    assertThat(first.failed()).isEqualTo(1);
  }

  private List<Upstream> lent(int times) {
    return IntStream.range(0, times).mapToObj(i -> Upstreams.lend(pool, KEY).upstream()).toList();
  }
}
