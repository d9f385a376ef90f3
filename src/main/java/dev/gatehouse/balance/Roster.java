package dev.gatehouse.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Those who may get a request at one moment, and their shares.
 *
 * <p>Immutable; the pool hands out the same until something changes.
 */
public final class Roster {
  private final Candidate[] candidates;
  private final int[] weights;
  private final long totalWeight;
  private final Turns turns;
  private final boolean whole;

  private Roster(Candidate[] candidates, int[] weights, boolean whole) {
    this.candidates = candidates;
    this.weights = weights;
    this.turns = Turns.of(weights);
    long sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    this.totalWeight = sum;
    this.whole = whole;
  }

  /**
   * One to be used for many requests.
   *
   * @param weights each at least 1
   */
  static Roster of(List<Candidate> candidates, int[] weights) {
    return new Roster(candidates.toArray(Candidate[]::new), weights.clone(), true);
  }

  /** What is left for one request that may not go to these. */
  Roster without(Collection<Upstream> tried) {
    return left(candidate -> !tried.contains(candidate.upstream()));
  }

  /** What is left when this one was full, less those that are full too. */
  Roster withoutFull(Candidate full) {
    return left(candidate -> candidate != full && candidate.inFlight() < candidate.limit());
  }

  private Roster left(Predicate<Candidate> stays) {
    List<Candidate> left = new ArrayList<>(candidates.length);
    int[] kept = new int[candidates.length];
    for (int i = 0; i < candidates.length; i++) {
      if (stays.test(candidates[i])) {
        kept[left.size()] = weights[i];
        left.add(candidates[i]);
      }
    }
    return new Roster(left.toArray(Candidate[]::new), Arrays.copyOf(kept, left.size()), false);
  }

  /** Whether it is used for many requests, and not left over for one. */
  public boolean isWhole() {
    return whole;
  }

  public int size() {
    return candidates.length;
  }

  public boolean isEmpty() {
    return candidates.length == 0;
  }

  public Candidate get(int index) {
    return candidates[index];
  }

  /** The share of the candidate at this index, relative to the others; at least 1. */
  public int weight(int index) {
    return weights[index];
  }

  /** The sum of all shares. */
  long totalWeight() {
    return totalWeight;
  }

  /** Who comes when, by weight. */
  Turns turns() {
    return turns;
  }

  boolean holds(Upstream upstream) {
    for (Candidate each : candidates) {
      if (each.upstream().equals(upstream)) {
        return true;
      }
    }
    return false;
  }
}
