package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothScheduleTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "5 1 1, a a b a c a a", // nginx's own example
    "1 1 1, a b c",
    "7, a",
    "256 256, a b",
    "10 4, a b a a a b a",
    "3 2 1, a b a c b a",
  })
  void heavyBackendsAreInterleavedWithLightOnes(String weights, String expected) {
    String turns =
        Arrays.stream(SmoothSchedule.of(parse(weights)))
            .mapToObj(i -> String.valueOf((char) ('a' + i)))
            .collect(Collectors.joining(" "));
    assertThat(turns).isEqualTo(expected);
  }

  @Test
  void aRotationHoldsEachBackendExactlyAsOftenAsItsWeightSays() {
    int[] weights = {256, 255, 17, 1, 99};
    int[] seen = new int[weights.length];
    for (int i : SmoothSchedule.of(weights)) {
      seen[i]++;
    }
    assertThat(seen).isEqualTo(weights);
  }

  private static int[] parse(String weights) {
    return Arrays.stream(weights.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
