package dev.gatehouse.balance;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everyone in turn, as often as its weight says; the default.
 *
 * <p>Thread-safe without locks: a choice is one increment and one array read.
 */
public final class RoundRobin implements LoadBalancer {
  private final AtomicLong turns;
  private final AtomicLong retries = new AtomicLong();
  private volatile Rotation rotation = new Rotation(Roster.of(List.of(), new int[0]));

  public RoundRobin() {
    this(0);
  }

  RoundRobin(long firstTurn) {
    turns = new AtomicLong(firstTurn);
  }

  @Override
  public Candidate choose(Roster roster, RequestKey key) {
    return roster.isWhole() ? next(roster) : stepIn(roster);
  }

  private Candidate next(Roster roster) {
    Rotation current = rotation;
    if (current.roster != roster) {
      current = new Rotation(roster);
      rotation = current; // threads that race here with an older roster only cost a rebuild
    }
    int[] order = current.order;
    return roster.get(order[(int) Math.floorMod(turns.getAndIncrement(), (long) order.length)]);
  }

  /** Not the first choice: the roster is made for this request, and no turn is taken. */
  private Candidate stepIn(Roster others) {
    int total = 0;
    for (int i = 0; i < others.size(); i++) {
      total += others.weight(i);
    }
    int point = Math.floorMod(retries.getAndIncrement(), total);
    int i = 0;
    while (point >= others.weight(i)) {
      point -= others.weight(i);
      i++;
    }
    return others.get(i);
  }

  /** The turns for one roster. */
  private static final class Rotation {
    private final Roster roster;
    private final int[] order;

    Rotation(Roster roster) {
      this.roster = roster;
      int[] weights = new int[roster.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = roster.weight(i);
      }
      this.order = SmoothSchedule.of(weights);
    }
  }
}
