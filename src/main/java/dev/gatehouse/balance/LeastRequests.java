package dev.gatehouse.balance;

/** Fewest requests in flight for its weight; among equals, the one whose turn it is. */
public final class LeastRequests implements LoadBalancer {
  private final RoundRobin turns = new RoundRobin();

  @Override
  public Candidate choose(Roster roster, RequestKey key) {
    int size = roster.size();
    int best = turns.next(roster);
    int start = best;
    long least = roster.get(best).inFlight();
    for (int i = start + 1; i < start + size && least > 0; i++) {
      int index = i < size ? i : i - size;
      long busy = roster.get(index).inFlight();
      if (busy * roster.weight(best) < least * roster.weight(index)) {
        best = index;
        least = busy;
      }
    }
    return roster.get(best);
  }
}
