package dev.gatehouse.health;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and the listeners of a transition, once each.
 *
 * @param listeners not copied: whoever listens may need the checker first
 */
record Announcer(List<Consumer<Transition>> listeners) {
  private static final Logger log = LoggerFactory.getLogger(HealthChecker.class);

  void announce(Transition transition) {
    write(transition);
    for (Consumer<Transition> listener : listeners) {
      try {
        listener.accept(transition);
      } catch (RuntimeException e) { // the checks matter more than who listens to them
        log.warn("A listener failed on a health transition", e);
      }
    }
  }

  private static void write(Transition transition) {
    String pool = transition.pool().id();
    String upstream = transition.upstream().id();
    String result = transition.after().lastResult();
    String past = past(transition);
    if (transition.after().state() == Health.State.UNREACHABLE) {
      log.warn("Backend {} of pool {} is unreachable: {}{}", upstream, pool, result, past);
    } else {
      log.info("Backend {} of pool {} is healthy: {}{}", upstream, pool, result, past);
    }
  }

  private static String past(Transition transition) {
    String lasted = PlainDuration.of(transition.lasted());
    return switch (transition.before().state()) {
      case NOT_INITIATED -> "";
      case HEALTHY -> " (was up for " + lasted + ")";
      case UNREACHABLE -> " (was down for " + lasted + ")";
    };
  }
}
