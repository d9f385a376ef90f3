package dev.gatehouse.balance;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Of two at random, the one that is likely to answer first; so no herd runs to the fastest. */
public final class PowerOfTwoChoices implements LoadBalancer {
  private final RandomGenerator random;
  private final Timing timing;

  public PowerOfTwoChoices(RandomGenerator random, LongSupplier nanoTime) {
    this.random = random;
    this.timing = new Timing(nanoTime);
  }

  @Override
  public Candidate choose(Roster roster, RequestKey key) {
    int size = roster.size();
    if (size == 1) {
      return roster.get(0);
    }
    int one = random.nextInt(size);
    int other = random.nextInt(size - 1);
    if (other >= one) {
      other++; // never the same twice
    }
    long now = timing.now();
    return Timing.cost(roster, other, now) < Timing.cost(roster, one, now)
        ? roster.get(other)
        : roster.get(one);
  }

  @Override
  public void ended(Candidate candidate, Ending ending) {
    timing.learn(candidate, ending);
  }
}
