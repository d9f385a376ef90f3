package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.Breaker;
import dev.gatehouse.config.PoolConfig.Passive;
import dev.gatehouse.testkit.Pools;
import java.time.Duration;

/** What a pool in a test goes by; nothing, unless said. */
record Rules(Passive passive, Breaker breaker, Duration slowStart, int panicThreshold) {
  static final Rules NONE =
      new Rules(
          new Passive(0, Duration.ofSeconds(10), 50, false),
          new Breaker(0, Duration.ofSeconds(10)),
          Duration.ZERO,
          0);

  /** Three failures eject for ten seconds, half of the pool at most. */
  static final Rules EJECTING = NONE.with(new Passive(3, Duration.ofSeconds(10), 50, false));

  Rules with(Passive other) {
    return new Rules(other, breaker, slowStart, panicThreshold);
  }

  Rules with(Breaker other) {
    return new Rules(passive, other, slowStart, panicThreshold);
  }

  Rules slowly(Duration other) {
    return new Rules(passive, breaker, other, panicThreshold);
  }

  Rules panicBelow(int percent) {
    return new Rules(passive, breaker, slowStart, percent);
  }

  PoolConfig config() {
    PoolConfig usual = Pools.ejecting("p", 0, Duration.ofSeconds(1));
    PoolConfig.Balance balance = usual.balance();
    return new PoolConfig(
        usual.id(),
        usual.backends(),
        new PoolConfig.Balance(
            balance.policy(), balance.hashKey(), balance.sticky(), slowStart, panicThreshold),
        usual.health(),
        passive,
        breaker,
        usual.retry(),
        usual.limits());
  }
}
