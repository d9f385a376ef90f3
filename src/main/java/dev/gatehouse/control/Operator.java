package dev.gatehouse.control;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Mode;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.Backends;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HealthChecker;
import dev.gatehouse.members.ConflictException;
import dev.gatehouse.members.Membership;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what operators want, and writes down who wanted it.
 *
 * <p>Thread-safe: one wish at a time.
 */
public final class Operator {
  private static final Logger LOG = LoggerFactory.getLogger(Operator.class);
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422; // RFC 9110 §15.5.21: understood, and of no use

  private final List<UpstreamPool> pools;
  private final Membership members;
  private final HealthChecker health;
  private final EventLog events;

  public Operator(
      List<UpstreamPool> pools, Membership members, HealthChecker health, EventLog events) {
    this.pools = List.copyOf(pools);
    this.members = members;
    this.health = health;
    this.events = events;
  }

  /**
   * Does something to a backend.
   *
   * @return the backend, which may be in no pool any more
   */
  synchronized Candidate act(String poolId, String id, Action action, Form form, Wish wish)
      throws RefusedException {
    UpstreamPool pool = pool(poolId);
    Candidate candidate = pool.candidate(id).orElseThrow(Operator::absent);
    String what =
        switch (action) {
          case DRAIN -> mode(pool, candidate, Mode.DRAINING, "draining");
          case DISABLE -> mode(pool, candidate, Mode.DISABLED, "disabled");
          case ENABLE -> mode(pool, candidate, Mode.ENABLED, "enabled");
          case WEIGHT -> weight(pool, candidate, form.value("weight"));
          case REMOVE -> remove(pool, candidate);
          case CHECK -> check(candidate);
        };
    note(pool, candidate, what, wish);
    return candidate;
  }

  /** Adds a backend, by the rules of the configuration. */
  synchronized Candidate add(String poolId, Form form, Wish wish) throws RefusedException {
    UpstreamPool pool = pool(poolId);
    try {
      Candidate added = members.add(pool, Addition.read(form));
      note(pool, added, "added", wish);
      return added;
    } catch (ConflictException e) {
      throw new RefusedException(CONFLICT, e.reason());
    }
  }

  private UpstreamPool pool(String id) throws RefusedException {
    return pools.stream()
        .filter(pool -> pool.id().equals(id))
        .findAny()
        .orElseThrow(() -> new RefusedException(NOT_FOUND, "There is no such pool."));
  }

  private static RefusedException absent() {
    return new RefusedException(NOT_FOUND, "There is no such backend.");
  }

  /** It may have left the pool since it was found. */
  private static String done(boolean was, String what) throws RefusedException {
    if (!was) {
      throw absent();
    }
    return what;
  }

  private String mode(UpstreamPool pool, Candidate candidate, Mode mode, String what)
      throws RefusedException {
    return done(members.setMode(pool, candidate, mode), what);
  }

  private String weight(UpstreamPool pool, Candidate candidate, String text)
      throws RefusedException {
    if (text.isEmpty()) {
      throw new RefusedException(BAD_REQUEST, "Write the new weight as weight=n.");
    }
    int weight =
        Backends.parseWeight(text)
            .orElseThrow(
                () ->
                    new RefusedException(
                        UNPROCESSABLE, "The weight must be a whole number from 1 to 256."));
    int before = candidate.weight();
    return done(
        members.setWeight(pool, candidate, weight), "weight " + weight + " instead of " + before);
  }

  private String remove(UpstreamPool pool, Candidate candidate) throws RefusedException {
    try {
      return done(members.remove(pool, candidate), "removed");
    } catch (ConflictException e) {
      throw new RefusedException(CONFLICT, e.reason());
    }
  }

  private String check(Candidate candidate) {
    health.checkNow(candidate.upstream());
    return "checked out of turn";
  }

  private void note(UpstreamPool pool, Candidate candidate, String what, Wish wish) {
    String id = candidate.upstream().id();
    String reason = wish.reasonOrNone();
    LOG.info("Backend {} of pool {}: {}, by {}: {}", id, pool.id(), what, wish.by(), reason);
    events.add(pool.id(), id, what, reason, wish.by());
  }
}
