package dev.gatehouse.balance;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to send one request to one upstream, until it is closed.
 *
 * <p>Thread-safe; the first close counts, later ones do nothing.
 */
public final class Lease extends AtomicBoolean {
  private static final long serialVersionUID = 1;

  private final transient UpstreamPool pool;
  private final transient Candidate candidate;
  private final transient Circuit circuit;

  /**
   * The candidate has counted it already.
   *
   * @param circuit in which it was lent
   */
  Lease(UpstreamPool pool, Candidate candidate, Circuit circuit) {
    this.pool = pool;
    this.candidate = candidate;
    this.circuit = circuit;
  }

  public Upstream upstream() {
    return candidate.upstream();
  }

  /** Gives the upstream back, and says what it did. */
  public void close(Ending ending) {
    if (compareAndSet(false, true)) {
      pool.end(candidate, ending, circuit);
    }
  }
}
