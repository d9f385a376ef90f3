package dev.gatehouse.balance;

import java.util.function.LongSupplier;

/** The one that is likely to answer first: by latency, requests in flight and weight. */
public final class LeastTime implements LoadBalancer {
  private final RoundRobin turns = new RoundRobin();
  private final Timing timing;

  public LeastTime(LongSupplier nanoTime) {
    this.timing = new Timing(nanoTime);
  }

  @Override
  public Candidate choose(Roster roster, RequestKey key) {
    int size = roster.size();
    int start = turns.next(roster);
    int best = start;
    long now = timing.now();
    double least = Timing.cost(roster, best, now);
    for (int i = start + 1; i < start + size; i++) {
      int index = i < size ? i : i - size;
      double cost = Timing.cost(roster, index, now);
      if (cost < least) {
        best = index;
        least = cost;
      }
    }
    return roster.get(best);
  }

  @Override
  public void ended(Candidate candidate, Ending ending) {
    timing.learn(candidate, ending);
  }
}
