package dev.gatehouse.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the checks of one backend have shown so far: a pure state, moved by {@link #after}.
 *
 * @param consecutiveFailures failed checks since the last good one
 * @param consecutiveSuccesses good checks since the last failed one
 * @param lastHealthy the last good check of the backend in state HEALTHY
 * @param lastCheck when the last result came in
 * @param lastDuration how long that check took; zero before the first
 * @param lastResult what it found, in plain words
 * @param since when this state began
 * @param checks all checks so far
 * @param failedChecks those that failed
 */
public record Health(
    State state,
    int consecutiveFailures,
    int consecutiveSuccesses,
    Optional<Instant> lastHealthy,
    Optional<Instant> lastCheck,
    Duration lastDuration,
    String lastResult,
    Instant since,
    long checks,
    long failedChecks) {

  /** Whether a backend gets traffic: all but UNREACHABLE do. */
  public enum State {
    /** Not known yet; the benefit of the doubt. */
    NOT_INITIATED,
    HEALTHY,
    UNREACHABLE
  }

  /** Before the first check. */
  public static Health unknown(Instant now) {
    return new Health(
        State.NOT_INITIATED,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        "not checked yet",
        now,
        0,
        0);
  }

  public boolean takesTraffic() {
    return state != State.UNREACHABLE;
  }

  /**
   * The state after one more check.
   *
   * @param maxFailures failures in a row that make a backend UNREACHABLE
   * @param minSuccesses successes in a row that an UNREACHABLE one needs to be HEALTHY
   */
  public Health after(ProbeResult result, int maxFailures, int minSuccesses, Instant now) {
    int failures = result.ok() ? 0 : consecutiveFailures + 1;
    int successes = result.ok() ? consecutiveSuccesses + 1 : 0;
    State next = next(failures, successes, maxFailures, minSuccesses);
    return new Health(
        next,
        failures,
        successes,
        result.ok() && next == State.HEALTHY ? Optional.of(now) : lastHealthy,
        Optional.of(now),
        result.took(),
        result.detail(),
        next == state ? since : now,
        checks + 1,
        failedChecks + (result.ok() ? 0 : 1));
  }

  private State next(int failures, int successes, int maxFailures, int minSuccesses) {
    if (failures > 0) {
      return failures >= maxFailures ? State.UNREACHABLE : state;
    }
    boolean waits = state == State.UNREACHABLE && successes < minSuccesses;
    return waits ? State.UNREACHABLE : State.HEALTHY;
  }
}
