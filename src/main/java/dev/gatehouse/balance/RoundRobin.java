package dev.gatehouse.balance;

import java.util.Arrays;
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
  private volatile Rotation rotation = new Rotation(List.of(), List.of());

  public RoundRobin() {
    this(0);
  }

  RoundRobin(long firstTurn) {
    turns = new AtomicLong(firstTurn);
  }

  @Override
  public Candidate choose(List<Candidate> available, RequestKey key) {
    return key.attempt() == 0 ? next(available) : stepIn(available);
  }

  private Candidate next(List<Candidate> available) {
    Rotation current = rotation;
    if (!current.isOf(available)) {
      current = Rotation.of(available);
      rotation = current; // threads that race here with an older list only cost a rebuild
    }
    List<Candidate> order = current.order();
    return order.get(Math.floorMod(turns.getAndIncrement(), order.size()));
  }

  /** A retry: the list is made for this request, so nothing is kept, and no turn is taken. */
  private Candidate stepIn(List<Candidate> others) {
    int total = 0;
    for (Candidate other : others) {
      total += other.upstream().weight();
    }
    int point = Math.floorMod(retries.getAndIncrement(), total);
    int i = 0;
    while (point >= others.get(i).upstream().weight()) {
      point -= others.get(i).upstream().weight();
      i++;
    }
    return others.get(i);
  }

  /** The turns for one list of candidates, recognised by identity. */
  private record Rotation(List<Candidate> source, List<Candidate> order) {
    static Rotation of(List<Candidate> source) {
      int[] weights = source.stream().mapToInt(c -> c.upstream().weight()).toArray();
      List<Candidate> order =
          Arrays.stream(SmoothSchedule.of(weights)).mapToObj(source::get).toList();
      return new Rotation(source, order);
    }

    @SuppressWarnings("ReferenceEquality") // the pool hands out the same list until it changes
    boolean isOf(List<Candidate> list) {
      return source == list;
    }
  }
}
