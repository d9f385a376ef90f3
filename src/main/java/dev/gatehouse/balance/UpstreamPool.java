package dev.gatehouse.balance;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The backends that can stand in for each other: who is available, and who is lent out.
 *
 * <p>Thread-safe; availability is one volatile reference to an immutable list in configured order,
 * replaced under the lock; lending takes no lock.
 */
public final class UpstreamPool {
  private final String id;
  private final LoadBalancer balancer;
  private final List<Candidate> candidates;
  private volatile List<Candidate> available;

  /** All upstreams start available: what has not been checked yet may serve. */
  public UpstreamPool(String id, List<Upstream> upstreams, LoadBalancer balancer) {
    this.id = id;
    this.balancer = balancer;
    this.candidates = upstreams.stream().map(Candidate::new).toList();
    this.available = candidates;
  }

  public String id() {
    return id;
  }

  /** All of them, available or not, in configured order. */
  public List<Candidate> candidates() {
    return candidates;
  }

  public boolean isAvailable(Upstream upstream) {
    return holds(available, upstream);
  }

  /** Takes an upstream out of the rotation or puts it back; requests under way are not touched. */
  public synchronized void setAvailable(Upstream upstream, boolean yes) {
    List<Candidate> before = available;
    if (holds(before, upstream) != yes) { // else the same list, so that no rotation is rebuilt
      available =
          candidates.stream()
              .filter(c -> c.upstream().equals(upstream) ? yes : before.contains(c))
              .toList();
    }
  }

  /**
   * Lends an available upstream that this request has not tried; empty when there is none.
   *
   * @param key its {@code attempt} is 0 for the first backend of a request, and more for a retry
   */
  public Optional<Lease> lend(RequestKey key, Set<Upstream> tried) {
    List<Candidate> open = available;
    if (!tried.isEmpty()) {
      open = open.stream().filter(c -> !tried.contains(c.upstream())).toList();
    }
    return open.isEmpty() ? Optional.empty() : Optional.of(new Lease(balancer.choose(open, key)));
  }

  private static boolean holds(List<Candidate> list, Upstream upstream) {
    return list.stream().anyMatch(c -> c.upstream().equals(upstream));
  }
}
