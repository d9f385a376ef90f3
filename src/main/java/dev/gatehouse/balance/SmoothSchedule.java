package dev.gatehouse.balance;

import java.util.Arrays;

/** The order of turns in which weights are kept exactly and heavy backends get no bursts. */
final class SmoothSchedule {
  private SmoothSchedule() {}

  /**
   * One whole rotation, interleaved as nginx does: in each step every backend gains its weight, the
   * richest one has the turn and pays the total.
   *
   * @param weights each at least 1
   * @return indexes into {@code weights}; each occurs (weight / greatest common divisor) times
   */
  static int[] of(int[] weights) {
    int divisor = Arrays.stream(weights).reduce(0, SmoothSchedule::gcd);
    int total = Arrays.stream(weights).map(weight -> weight / divisor).sum();
    int[] credit = new int[weights.length];
    int[] turns = new int[total];
    for (int turn = 0; turn < total; turn++) {
      int richest = 0;
      for (int i = 0; i < weights.length; i++) {
        credit[i] += weights[i] / divisor;
        if (credit[i] > credit[richest]) {
          richest = i;
        }
      }
      credit[richest] -= total;
      turns[turn] = richest;
    }
    return turns;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
