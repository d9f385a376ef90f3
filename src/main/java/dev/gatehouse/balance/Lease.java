package dev.gatehouse.balance;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to send one request to one upstream, until it is closed.
 *
 * <p>Thread-safe; the first close counts, later ones do nothing.
 */
public final class Lease {
  private final Candidate candidate;
  private final AtomicBoolean closed = new AtomicBoolean();

  Lease(Candidate candidate) {
    this.candidate = candidate;
    candidate.begin();
  }

  public Upstream upstream() {
    return candidate.upstream();
  }

  /**
   * Gives the upstream back.
   *
   * @param served whether it answered, whatever the status
   */
  public void close(boolean served) {
    if (closed.compareAndSet(false, true)) {
      candidate.end(served);
    }
  }
}
