package dev.gatehouse.boot;

import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.Health;
import dev.gatehouse.health.Transition;
import java.util.function.Consumer;

/** Puts what checks find among the events. */
record HealthEvents(EventLog events) implements Consumer<Transition> {
  @Override
  public void accept(Transition changed) {
    boolean down = changed.after().state() == Health.State.UNREACHABLE;
    events.add(
        changed.pool().id(),
        changed.upstream().id(),
        down ? "unreachable" : "healthy",
        changed.after().lastResult());
  }
}
