package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig.Policy;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures of acceptance: 100,000 requests, no share off by more than one percent. */
class SharesTest {
  private static final int REQUESTS = 100_000;
  private static final double ONE_PERCENT = 0.01 * REQUESTS;

  @ParameterizedTest
  @EnumSource(names = {"ROUND_ROBIN", "WEIGHTED", "LEAST_REQUESTS", "P2C", "LEAST_TIME", "RANDOM"})
  void equalBackendsGetEqualShares(Policy policy) {
    for (int lent : shares(policy, 1, 1, 1, 1)) {
      assertThat((double) lent).isBetween(25_000 - ONE_PERCENT, 25_000 + ONE_PERCENT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUND_ROBIN", "WEIGHTED", "LEAST_REQUESTS", "RANDOM"})
  void weightsAreKept(Policy policy) {
    int[] lent = shares(policy, 5, 3, 1, 1);
    int[] expected = {50_000, 30_000, 10_000, 10_000};
    for (int i = 0; i < lent.length; i++) {
      assertThat((double) lent[i]).isBetween(expected[i] - ONE_PERCENT, expected[i] + ONE_PERCENT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUND_ROBIN", "WEIGHTED", "LEAST_REQUESTS"})
  void theseKeepThemExactly(Policy policy) {
    assertThat(shares(policy, 1, 1, 1, 1)).containsOnly(25_000);
    assertThat(shares(policy, 5, 3, 1, 1)).containsExactly(50_000, 30_000, 10_000, 10_000);
  }

  /** One request at a time, each answered within the same millisecond. */
  private static int[] shares(Policy policy, int... weights) {
    long[] now = {0};
    LoadBalancer balancer = Policies.of(policy, new SplittableRandom(3), () -> now[0]);
    Roster roster = Upstreams.roster(weights);
    for (int i = 0; i < REQUESTS; i++) {
      Candidate chosen = balancer.choose(roster, new RequestKey("key " + i, "", 0));
      assertThat(chosen.begin()).isNotNull();
      now[0] += 1_000_000;
      Ending ending = Ending.answered(200, 1_000_000);
      chosen.end(ending);
      balancer.ended(chosen, ending);
    }
    return IntStream.range(0, weights.length).map(i -> (int) roster.get(i).lent()).toArray();
  }
}
