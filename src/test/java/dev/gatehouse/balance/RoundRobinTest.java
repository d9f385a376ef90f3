package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  private static final RequestKey FIRST = RequestKey.ANY;
  private static final RequestKey RETRY = FIRST.again(1);

  private final RoundRobin balancer = new RoundRobin();

  @Test
  void equalBackendsTakeTurns() {
    var abc = Upstreams.roster(1, 1, 1);
    assertThat(names(7, () -> balancer.choose(abc, FIRST))).isEqualTo("abcabca");
  }

  @Test
  void aHeavyBackendIsInterleaved() {
    var abc = Upstreams.roster(5, 1, 1);
    assertThat(names(14, () -> balancer.choose(abc, FIRST))).isEqualTo("abaacaaabaacaa");
  }

  @Test
  void weightsAreKeptExactly() {
    var abcd = Upstreams.roster(5, 3, 1, 1);
    assertThat(count(100_000, () -> balancer.choose(abcd, FIRST)))
        .isEqualTo(Map.of("a", 50_000, "b", 30_000, "c", 10_000, "d", 10_000));
  }

  @Test
  void anotherListBringsAnotherRotation() {
    var abc = Upstreams.roster(1, 1, 1);
    var ab = Upstreams.roster(1, 1);
    assertThat(count(30, () -> balancer.choose(abc, FIRST))).hasSize(3);
    assertThat(count(30, () -> balancer.choose(ab, FIRST))).isEqualTo(Map.of("a", 15, "b", 15));
    assertThat(count(30, () -> balancer.choose(abc, FIRST))).hasSize(3);
  }

  @Test
  void aRetryTakesNoTurn() {
    var abc = Upstreams.roster(1, 1, 1);
    String mixed =
        names(
            6,
            () -> {
              balancer.choose(Upstreams.only(abc, "bc"), RETRY);
              return balancer.choose(abc, FIRST);
            });
    assertThat(mixed).isEqualTo("abcabc");
  }

  @Test
  void retriesSpreadOverTheRestByWeight() {
    var abcd = Upstreams.roster(1, 3, 1, 1);
    assertThat(count(500, () -> balancer.choose(Upstreams.only(abcd, "bcd"), RETRY)))
        .isEqualTo(Map.of("b", 300, "c", 100, "d", 100));
  }

  @Test
  void retriesOfOneFailingBackendSpreadEvenlyThoughTurnsGoOn() {
    var abcd = Upstreams.roster(1, 1, 1, 1);
    Map<String, Integer> second = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      if (balancer.choose(abcd, FIRST).toString().equals("a")) {
        second.merge(
            balancer.choose(Upstreams.only(abcd, "cd"), RETRY).toString(), 1, Integer::sum);
      }
    }
    assertThat(second).isEqualTo(Map.of("c", 50, "d", 50));
  }

  @Test
  void theTurnCounterMayOverflow() {
    var last = new RoundRobin(Long.MAX_VALUE - 5);
    var abc = Upstreams.roster(1, 1, 1);
    assertThat(count(12, () -> last.choose(abc, FIRST)).values()).allMatch(n -> n >= 3 && n <= 5);
  }

  private static String names(int times, Supplier<Candidate> choice) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      names.add(choice.get().toString());
    }
    return String.join("", names);
  }

  private static Map<String, Integer> count(int times, Supplier<Candidate> choice) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < times; i++) {
      counts.merge(choice.get().toString(), 1, Integer::sum);
    }
    return counts;
  }
}
