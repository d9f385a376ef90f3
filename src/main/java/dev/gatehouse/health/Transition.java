package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import java.time.Duration;

/** A backend's change from one state to another. */
public record Transition(UpstreamPool pool, Upstream upstream, Health before, Health after) {

  /** How long the former state lasted by the wall clock; never negative. */
  public Duration lasted() {
    Duration lasted = Duration.between(before.since(), after.since());
    return lasted.isNegative() ? Duration.ZERO : lasted;
  }
}
