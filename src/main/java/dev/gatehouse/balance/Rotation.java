package dev.gatehouse.balance;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who serves at one moment.
 *
 * @param all whatever is known of them
 * @param open those that get requests from anybody
 * @param backups those that stand in when all others were tried
 */
record Rotation(List<Candidate> all, Roster open, Roster backups) {

  /** Whether there is one that may get a request and is none of these. */
  boolean offersOtherThan(Set<Upstream> tried) {
    return !without(tried).isEmpty();
  }

  private Roster without(Set<Upstream> tried) {
    Roster left = open.without(tried);
    return left.isEmpty() ? backups.without(tried) : left;
  }

  /** Whether there is one that may get this request, full or not. */
  boolean serves(RequestKey key) {
    return !open.isEmpty() || keeps(key.preferred());
  }

  /** Whether the upstream of this id serves clients that stick to it. */
  boolean keeps(String upstreamId) {
    return preferred(upstreamId) != null;
  }

  /** One that drains is good enough for a client that has its session there. */
  private @Nullable Candidate preferred(String upstreamId) {
    for (Candidate candidate : all) {
      if (candidate.upstream().id().equals(upstreamId)) {
        return Availability.serves(candidate) ? candidate : null;
      }
    }
    return null;
  }

  /**
   * Lends one for the pool; null if all that would do are full.
   *
   * @param tried by this request; they will do only if there is no other at all
   */
  @Nullable Lease lend(
      UpstreamPool pool, LoadBalancer balancer, RequestKey key, Set<Upstream> tried) {
    Roster left = tried.isEmpty() ? open : without(tried);
    boolean again = left.isEmpty();
    if (!key.preferred().isEmpty()) {
      Candidate own = preferred(key.preferred());
      Lease lease =
          own != null && (again || !tried.contains(own.upstream())) ? keep(pool, own) : null;
      if (lease != null) {
        return lease;
      }
    }
    if (again) {
      left = open;
    }
    while (!left.isEmpty()) {
      Candidate chosen = balancer.choose(left, key);
      Lease lease = lend(pool, chosen);
      if (lease != null) {
        return lease;
      }
      left = left.withoutFull(chosen);
    }
    return null;
  }

  /** Lends the client's own one, if nobody else gets that; null if it is full, or is not so. */
  @Nullable Lease lendApart(UpstreamPool pool, RequestKey key) {
    Candidate own = key.preferred().isEmpty() ? null : preferred(key.preferred());
    return own == null || open.holds(own.upstream()) ? null : keep(pool, own);
  }

  /** Lends one to a client that stays with it. */
  private static @Nullable Lease keep(UpstreamPool pool, Candidate own) {
    Lease lease = lend(pool, own);
    if (lease != null) {
      own.keeps(pool.nanoTime());
    }
    return lease;
  }

  private static @Nullable Lease lend(UpstreamPool pool, Candidate candidate) {
    Circuit circuit = candidate.begin();
    return circuit == null ? null : new Lease(pool, candidate, circuit);
  }
}
