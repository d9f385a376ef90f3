package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Pools;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConsistentHashTest {
  private static final int KEYS = 20_000;

  private final ConsistentHash balancer = new ConsistentHash();

  @Test
  void aKeyStaysWhereItIs() {
    Roster all = Upstreams.equal(10);
    for (int i = 0; i < 100; i++) {
      assertThat(balancer.choose(all, key(i))).isSameAs(balancer.choose(all, key(i)));
    }
  }

  @Test
  void anotherProxyWithTheSameBackendsFindsTheSame() {
    for (int i = 0; i < 100; i++) {
      assertThat(balancer.choose(Upstreams.equal(10), key(i)))
          .hasToString(new ConsistentHash().choose(Upstreams.equal(10), key(i)).toString());
    }
  }

  @Test
  void keysSpreadOverEqualBackends() {
    Roster all = Upstreams.equal(4);
    int[] seen = new int[4];
    for (int i = 0; i < KEYS; i++) {
      seen[indexOf(all, balancer.choose(all, key(i)))]++;
    }
    for (int each : seen) {
      assertThat(each).isBetween(KEYS / 4 - KEYS / 50, KEYS / 4 + KEYS / 50);
    }
  }

  @Test
  void keysSpreadByWeight() {
    Roster all = Upstreams.roster(5, 3, 1, 1);
    int[] seen = new int[4];
    for (int i = 0; i < KEYS; i++) {
      seen[indexOf(all, balancer.choose(all, key(i)))]++;
    }
    int[] share = {5, 3, 1, 1};
    for (int i = 0; i < 4; i++) {
      assertThat(seen[i] * 10.0 / KEYS).isBetween(share[i] - 0.1, share[i] + 0.1);
    }
  }

  /** Nobody else's key moves, which is the least there can be. */
  @Property(tries = 60, seed = "12")
  void whenOneLeavesItsKeysAloneMove(
      @ForAll @Size(min = 2, max = 20) List<@IntRange(min = 1, max = 256) Integer> weights,
      @ForAll @IntRange(min = 0, max = 19) int which) {
    Roster all = Upstreams.roster(weights.stream().mapToInt(Integer::intValue).toArray());
    Candidate gone = all.get(which % weights.size());
    Roster left = all.without(Set.of(gone.upstream()));
    for (int i = 0; i < 200; i++) {
      Candidate before = balancer.choose(all, key(i));
      Candidate after = balancer.choose(left, key(i));
      assertThat(after).isNotSameAs(gone);
      if (before != gone) {
        assertThat(after).isSameAs(before);
      }
    }
  }

  @Test
  void withOneOfTenGoneATenthOfTheKeysMoves() {
    Roster all = Upstreams.equal(10);
    Roster left = all.without(Set.of(all.get(3).upstream()));
    int moved = 0;
    for (int i = 0; i < KEYS; i++) {
      moved += balancer.choose(all, key(i)) == balancer.choose(left, key(i)) ? 0 : 1;
    }
    assertThat((double) moved / KEYS).isBetween(0.09, 0.11);
  }

  @Test
  void aFewRequestsMoveNoKey() {
    Roster all = Upstreams.equal(4);
    Candidate own = balancer.choose(all, key(1));
    for (int i = 0; i < 8; i++) {
      assertThat(balancer.choose(all, key(1))).isSameAs(own);
      assertThat(own.begin()).isNotNull();
    }
    assertThat(balancer.choose(all, key(1)))
        .as("eight are enough, the others idle")
        .isNotSameAs(own);
  }

  @Test
  void noneGetsMuchMoreThanItsShareThoughAllAskForOneKey() {
    Roster all = Upstreams.equal(4);
    for (int i = 0; i < 1_000; i++) {
      assertThat(balancer.choose(all, key(1)).begin()).isNotNull();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(all.get(i).inFlight()).isLessThanOrEqualTo((int) Math.ceil(1.25 * 1_000 / 4));
    }
  }

  @Test
  void theBoundGoesByWeight() {
    Roster all = Upstreams.roster(8, 1, 1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(balancer.choose(all, key(i % 3)).begin()).isNotNull();
    }
    assertThat(all.get(0).inFlight()).isBetween(700, 1_000);
    assertThat(all.get(1).inFlight()).isLessThanOrEqualTo(125);
    assertThat(all.get(2).inFlight()).isLessThanOrEqualTo(125);
  }

  @Test
  void theNextOneForAKeyIsTheSameForEachRetry() {
    List<Upstream> abcd = Upstreams.weighted(1, 1, 1, 1);
    var pool = Pools.pool("p", abcd, balancer);
    Upstream first = Upstreams.lend(pool, key(5)).upstream();
    Upstream second = Upstreams.lend(pool, key(5).again(1), first).upstream();
    assertThat(second).isNotSameAs(first);
    assertThat(Upstreams.lend(pool, key(5).again(1), first).upstream()).isSameAs(second);
  }

  private static RequestKey key(int i) {
    return new RequestKey("198.51.100." + i, "", 0);
  }

  private static int indexOf(Roster roster, Candidate candidate) {
    int i = 0;
    while (roster.get(i) != candidate) {
      i++;
    }
    return i;
  }
}
