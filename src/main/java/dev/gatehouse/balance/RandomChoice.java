package dev.gatehouse.balance;

import java.util.random.RandomGenerator;

/** Anyone, by weight. */
public final class RandomChoice implements LoadBalancer {
  private final RandomGenerator random;

  public RandomChoice(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Candidate choose(Roster roster, RequestKey key) {
    Turns shares = roster.turns();
    return roster.get(shares.holder(random.nextInt(shares.total())));
  }
}
