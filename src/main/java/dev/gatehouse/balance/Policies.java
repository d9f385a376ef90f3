package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Makes the policy that is configured. */
public final class Policies {
  private Policies() {}

  /**
   * A new one, for one pool.
   *
   * @param random used by many threads at once
   */
  public static LoadBalancer of(
      PoolConfig.Policy policy, RandomGenerator random, LongSupplier nanoTime) {
    return switch (policy) {
      case ROUND_ROBIN, WEIGHTED -> new RoundRobin();
      case LEAST_REQUESTS -> new LeastRequests();
      case P2C -> new PowerOfTwoChoices(random, nanoTime);
      case LEAST_TIME -> new LeastTime(nanoTime);
      case HASH -> new ConsistentHash();
      case RANDOM -> new RandomChoice(random);
      case FIRST -> new FirstAvailable();
    };
  }
}
