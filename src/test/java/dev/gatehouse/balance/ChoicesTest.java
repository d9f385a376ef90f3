package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig.Policy;
import dev.gatehouse.testkit.Pools;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The policies that look at what is under way, or at nothing. */
class ChoicesTest {
  private static final RequestKey ANY = RequestKey.ANY;

  @Test
  void theOneWithTheFewestRequestsIsNext() {
    Roster abc = Upstreams.roster(1, 1, 1);
    begin(abc, 3, 1, 2);
    LoadBalancer least = new LeastRequests();
    for (int i = 0; i < 6; i++) {
      assertThat(least.choose(abc, ANY)).hasToString("b");
    }
  }

  @ParameterizedTest(name = "{0} and {1} under way at a weight of 3:1 -> {2}")
  @CsvSource({"2, 1, a", "4, 1, b", "0, 1, a", "1, 0, b", "7, 2, b", "5, 2, a"})
  void requestsInFlightCountByWeight(int atA, int atB, String expected) {
    Roster ab = Upstreams.roster(3, 1);
    begin(ab, atA, atB);
    assertThat(new LeastRequests().choose(ab, ANY)).hasToString(expected);
  }

  @Test
  void equalsTakeTurns() {
    Roster abc = Upstreams.roster(1, 1, 1);
    begin(abc, 1, 1, 1);
    LoadBalancer least = new LeastRequests();
    assertThat(List.of(least.choose(abc, ANY), least.choose(abc, ANY), least.choose(abc, ANY)))
        .hasToString("[a, b, c]");
  }

  @Test
  void theFirstIsFirstUntilItIsFullOrGone() {
    List<Upstream> abc = Upstreams.weighted(1, 5, 1);
    var pool = Pools.pool("p", abc, new FirstAvailable(), Upstreams.atMost(2));
    assertThat(Upstreams.lend(pool, ANY).upstream()).hasToString("a");
    assertThat(Upstreams.lend(pool, ANY).upstream()).hasToString("a");
    assertThat(Upstreams.lend(pool, ANY).upstream()).hasToString("b");
    pool.setWell(abc.get(1), false);
    assertThat(Upstreams.lend(pool, ANY).upstream()).hasToString("c");
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void eachPolicyFindsTheOnlyOne(Policy policy) {
    LoadBalancer balancer = Policies.of(policy, new SplittableRandom(1), () -> 0);
    assertThat(balancer.choose(Upstreams.roster(7), ANY)).hasToString("a");
    Roster left = Upstreams.only(Upstreams.roster(1, 2, 3), "c");
    assertThat(balancer.choose(left, ANY.again(1))).hasToString("c");
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void aBackupServesOnlyWhileNoOtherDoes(Policy policy) {
    Upstream a = Upstreams.weighted(1).get(0);
    Upstream b = Upstreams.backup("b");
    LoadBalancer balancer = Policies.of(policy, new SplittableRandom(1), () -> 0);
    var pool = Pools.pool("p", List.of(b, a), balancer);
    assertThat(lent(pool)).containsOnly(a);
    pool.setWell(a, false);
    assertThat(lent(pool)).containsOnly(b);
    pool.setWell(a, true);
    assertThat(lent(pool)).containsOnly(a);
    assertThat(Upstreams.lend(pool, ANY.again(1), a).upstream()).as("of a retry").isSameAs(b);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void whenAllAreFullNobodyIsLent(Policy policy) {
    LoadBalancer balancer = Policies.of(policy, new SplittableRandom(1), () -> 0);
    var pool = Pools.pool("p", Upstreams.weighted(5, 1, 1), balancer, Upstreams.atMost(2));
    for (int i = 0; i < 6; i++) {
      assertThat(pool.lend(ANY, Set.of())).isNotNull();
    }
    assertThat(pool.lend(ANY, Set.of())).isNull();
    assertThat(pool.candidates()).allMatch(candidate -> candidate.inFlight() == 2);
  }

  private static List<Upstream> lent(UpstreamPool pool) {
    return List.of(
        Upstreams.lend(pool, ANY).upstream(),
        Upstreams.lend(pool, ANY).upstream(),
        Upstreams.lend(pool, ANY).upstream());
  }

  private static void begin(Roster roster, int... times) {
    for (int i = 0; i < times.length; i++) {
      for (int n = 0; n < times[i]; n++) {
        assertThat(roster.get(i).begin()).isNotNull();
      }
    }
  }
}
