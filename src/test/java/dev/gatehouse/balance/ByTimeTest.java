package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies that look at latency. */
class ByTimeTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final RequestKey ANY = RequestKey.ANY;

  private static long now;

  static List<LoadBalancer> policies() {
    return List.of(
        new LeastTime(() -> now), new PowerOfTwoChoices(new SplittableRandom(5), () -> now));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theFasterOfTwoIsChosen(LoadBalancer balancer) {
    Roster ab = Upstreams.roster(1, 1);
    balancer.ended(ab.get(0), Ending.answered(200, 50 * MILLI));
    balancer.ended(ab.get(1), Ending.answered(404, 5 * MILLI));
    assertThat(chosen(balancer, ab, 20)).isEqualTo(Map.of("b", 20));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void requestsInFlightMakeAFastOneSlow(LoadBalancer balancer) {
    Roster ab = Upstreams.roster(1, 1);
    balancer.ended(ab.get(0), Ending.answered(200, 50 * MILLI));
    balancer.ended(ab.get(1), Ending.answered(200, 6 * MILLI));
    for (int i = 0; i < 8; i++) {
      assertThat(ab.get(1).begin()).isNotNull();
    }
    assertThat(chosen(balancer, ab, 20)).isEqualTo(Map.of("a", 20));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aHeavyOneMayHaveMore(LoadBalancer balancer) {
    Roster ab = Upstreams.roster(4, 1);
    balancer.ended(ab.get(0), Ending.answered(200, 20 * MILLI));
    balancer.ended(ab.get(1), Ending.answered(200, 6 * MILLI));
    assertThat(chosen(balancer, ab, 20)).isEqualTo(Map.of("a", 20));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void failingFastIsNotBeingFast(LoadBalancer balancer) {
    Roster ab = Upstreams.roster(1, 1);
    Candidate broken = ab.get(0);
    balancer.ended(ab.get(1), Ending.answered(200, 30 * MILLI));
    for (Ending each : List.of(Ending.reset(), Ending.connectFailed(), Ending.timedOut())) {
      balancer.ended(broken, each);
    }
    assertThat(chosen(balancer, ab, 20)).isEqualTo(Map.of("b", 20));
    balancer.ended(broken, Ending.answered(500, 1));
    assertThat(chosen(balancer, ab, 20)).isEqualTo(Map.of("b", 20));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aClientThatLeftSaysNothing(LoadBalancer balancer) {
    Candidate a = Upstreams.roster(1).get(0);
    balancer.ended(a, Ending.cancelled());
    assertThat(a.latency().at(now)).isZero();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void oneRequestFindsOutHowFastANewcomerIs(LoadBalancer balancer) {
    Roster ab = Upstreams.roster(1, 1);
    balancer.ended(ab.get(0), Ending.answered(200, 30 * MILLI));
    assertThat(balancer.choose(ab, ANY)).hasToString("b");
    assertThat(ab.get(1).begin()).isNotNull();
    assertThat(chosen(balancer, ab, 20)).isEqualTo(Map.of("a", 20));
  }

  @Test
  void theLeastOfAllIsFoundWhereverTheSearchBegins() {
    LoadBalancer balancer = new LeastTime(() -> now);
    Roster all = Upstreams.equal(50);
    for (int i = 0; i < 50; i++) {
      balancer.ended(all.get(i), Ending.answered(200, (i == 33 ? 5 : 10 + i) * MILLI));
    }
    assertThat(chosen(balancer, all, 100)).isEqualTo(Map.of("n33", 100));
  }

  @Test
  void twoChoicesAreNeverTheSame() {
    LoadBalancer balancer = new PowerOfTwoChoices(new SplittableRandom(9), () -> now);
    Roster abc = Upstreams.roster(1, 1, 1);
    for (int i = 0; i < 3; i++) {
      balancer.ended(abc.get(i), Ending.answered(200, (10 + i) * MILLI));
    }
    assertThat(chosen(balancer, abc, 3_000)).containsOnlyKeys("a", "b"); // the slowest always loses
  }

  private static Map<String, Integer> chosen(LoadBalancer balancer, Roster roster, int times) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < times; i++) {
      counts.merge(balancer.choose(roster, ANY).toString(), 1, Integer::sum);
    }
    return counts;
  }
}
