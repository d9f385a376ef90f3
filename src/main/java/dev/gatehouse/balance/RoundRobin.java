package dev.gatehouse.balance;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Everyone in turn, as often as its weight says; the default.
 *
 * <p>Thread-safe without locks: a choice is one increment and some array reads.
 */
public final class RoundRobin implements LoadBalancer {
  private final AtomicLong turns;
  private final AtomicLong retries = new AtomicLong();

  public RoundRobin() {
    this(0);
  }

  RoundRobin(long firstTurn) {
    turns = new AtomicLong(firstTurn);
  }

  @Override
  public Candidate choose(Roster roster, RequestKey key) {
    return roster.get(next(roster));
  }

  /** The index of the one whose turn it is; it is not its turn any more. */
  int next(Roster roster) {
    Turns order = roster.turns();
    return roster.isWhole()
        ? order.at(turns.getAndIncrement())
        // not the first choice: the roster is made for this request, and no turn is taken
        : order.holder((int) Math.floorMod(retries.getAndIncrement(), (long) order.total()));
  }
}
