package dev.gatehouse.balance;

import java.util.List;

/**
 * A policy that picks the backend for a request.
 *
 * <p>Implementations are thread-safe and serve one pool.
 */
public interface LoadBalancer {
  /**
   * Picks one of those available.
   *
   * @param available never empty and never changed: the pool has left out what is down or was tried
   */
  Candidate choose(List<Candidate> available, RequestKey key);
}
