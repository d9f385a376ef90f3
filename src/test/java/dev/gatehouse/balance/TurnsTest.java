package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "5 1 1, a b a a c a a",
    "1 1 1, a b c",
    "7, a",
    "256 256, a b",
    "10 4, a b a a b a a",
    "3 2 1, a a c a b a b c a b a b",
    "3 1, a a b a a b a a",
    "2 1, a b a",
  })
  void heavyBackendsAreInterleavedWithLightOnes(String weights, String expected) {
    Turns turns = Turns.of(Arrays.stream(weights.split(" ")).mapToInt(Integer::parseInt).toArray());
    String order =
        IntStream.range(0, turns.total())
            .mapToObj(turn -> String.valueOf((char) ('a' + turns.at(turn))))
            .collect(Collectors.joining(" "));
    assertThat(order).isEqualTo(expected);
  }

  @Property(tries = 200, seed = "11")
  void aRotationHoldsEachAsOftenAsItsWeightSays(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 256) Integer> given) {
    int[] weights = given.stream().mapToInt(Integer::intValue).toArray();
    Turns turns = Turns.of(weights);
    int[] seen = new int[weights.length];
    for (int turn = 0; turn < turns.total(); turn++) {
      seen[turns.at(turn - 1_000_000_007L)]++;
    }
    for (int i = 0; i < weights.length; i++) { // a rotation may be some rotations of the least size
      assertThat((long) seen[i] * weights[0]).isEqualTo((long) weights[i] * seen[0]);
    }
    assertThat(Arrays.stream(seen).sum()).isEqualTo(turns.total());
  }

  /** So many turns more or less than its share, in whatever stretch one looks at. */
  @Property(tries = 300, seed = "11")
  void noneIsEverFarFromItsShare(
      @ForAll @Size(min = 2, max = 12) List<@IntRange(min = 1, max = 2560) Integer> given) {
    assertThat(mostOff(given.stream().mapToInt(Integer::intValue).toArray())).isLessThan(6);
  }

  @Test
  void aThousandDifferentWeightsAreSmoothToo() {
    SplittableRandom random = new SplittableRandom(7);
    int[] weights = random.ints(1_000, 1, 257).toArray();
    assertThat(mostOff(weights)).isLessThan(6);
    assertThat(mostOff(Arrays.stream(weights).map(weight -> weight * 10 - 9).toArray()))
        .isLessThan(6);
  }

  /** The greatest distance between what one has had and its share, over a rotation. */
  private static double mostOff(int[] weights) {
    Turns turns = Turns.of(weights);
    double total = Arrays.stream(weights).sum();
    int[] seen = new int[weights.length];
    double most = 0;
    for (int turn = 0; turn < turns.total(); turn++) {
      int index = turns.at(turn);
      double share = weights[index] / total;
      // it is farthest behind before its turn, and farthest ahead after it
      most = Math.max(most, Math.abs(seen[index] - turn * share));
      seen[index]++;
      most = Math.max(most, Math.abs(seen[index] - (turn + 1) * share));
    }
    return most;
  }
}
