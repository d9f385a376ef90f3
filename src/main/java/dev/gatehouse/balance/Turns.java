package dev.gatehouse.balance;

/**
 * The order of turns in which weights are kept exactly and heavy backends get no bursts.
 *
 * <p>The shares lie side by side on a circle, each as long as its weight, and turns step around it
 * by nearly the golden ratio. The stride has no factor in common with the circle's length, so that
 * a whole rotation comes by each point once, which makes it exact; and no ratio spreads the points
 * of a few turns better, which makes it smooth. Immutable; made in O(n), so weights may change
 * often.
 */
final class Turns {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int REACH = 16;

  private final int[] ends;
  private final int total;
  private final int stride;

  private Turns(int[] ends, int total, int stride) {
    this.ends = ends;
    this.total = total;
    this.stride = stride;
  }

  /**
   * Shares of these sizes.
   *
   * @param weights each at least 1
   */
  static Turns of(int[] weights) {
    int divisor = 0;
    for (int weight : weights) {
      divisor = gcd(weight, divisor);
    }
    long sum = 0;
    for (int weight : weights) {
      sum += weight / divisor;
    }
    boolean same = sum == weights.length;
    int points = !same && (sum == 4 || sum == 6) ? 2 : 1; // else they would have no stride but 1
    int[] ends = new int[weights.length];
    int total = 0;
    for (int i = 0; i < ends.length; i++) {
      total += weights[i] / divisor * points;
      ends[i] = total;
    }
    return new Turns(ends, total, same ? 1 : stride(total));
  }

  /** The turns of a rotation. */
  int total() {
    return total;
  }

  /** Whose turn it is; in {@link #total} turns each index comes as often as its weight says. */
  int at(long turn) {
    return holder((int) (Math.floorMod(turn, (long) total) * stride % total));
  }

  /**
   * In whose share a point is.
   *
   * @param point from 0, below {@link #total}
   */
  int holder(int point) {
    if (total == ends.length) {
      return point; // all the same
    }
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > point) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Near the golden ratio, the stride that is least like a fraction with a small denominator. */
  private static int stride(int total) {
    int golden = (int) Math.round(total * GOLDEN);
    int best = 1;
    int least = Integer.MAX_VALUE;
    int last = Math.min(total - 1, golden + REACH);
    for (int stride = Math.max(1, golden - REACH); stride <= last; stride++) {
      int largest = largestQuotient(total, stride);
      if (largest < least) {
        best = stride;
        least = largest;
      }
    }
    return best;
  }

  /** Of the continued fraction, by Euclid; none if there is a common factor. */
  private static int largestQuotient(int total, int stride) {
    int a = total;
    int b = stride;
    int largest = 0;
    while (b != 0) {
      largest = Math.max(largest, a / b);
      int rest = a % b;
      a = b;
      b = rest;
    }
    return a == 1 ? largest : Integer.MAX_VALUE;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
