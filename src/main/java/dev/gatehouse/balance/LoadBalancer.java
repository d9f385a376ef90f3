package dev.gatehouse.balance;

/**
 * A policy that picks the backend for a request.
 *
 * <p>Implementations are thread-safe and serve one pool; a choice takes no lock.
 */
public interface LoadBalancer {
  /**
   * Picks one of those available.
   *
   * @param roster never empty: the pool has left out what is down, full or was tried
   */
  Candidate choose(Roster roster, RequestKey key);

  /** A request has ended there, chosen by this policy or not; most learn nothing from it. */
  default void ended(Candidate candidate, Ending ending) {}
}
