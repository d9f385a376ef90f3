package dev.gatehouse.balance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The backends that can stand in for each other: who is available, and who is lent out.
 *
 * <p>Thread-safe. Who may get a request is one volatile reference to an immutable {@link Rotation},
 * replaced under the lock; lending takes no lock.
 */
public final class UpstreamPool {
  private final String id;
  private final LoadBalancer balancer;
  private final Bounds bounds;
  private final WaitingLine line;
  private final Judge judge;
  private volatile List<Candidate> candidates;
  private Departed departed = Departed.NONE; // guarded by this
  private volatile Rotation rotation;

  /**
   * All upstreams start available: what has not been checked yet may serve.
   *
   * @param bounds on what is asked of an upstream at once
   * @param judge of this pool alone
   */
  public UpstreamPool(
      String id, List<Upstream> upstreams, LoadBalancer balancer, Bounds bounds, Judge judge) {
    this.id = id;
    this.balancer = balancer;
    this.bounds = bounds;
    this.line = new WaitingLine(bounds);
    this.judge = judge;
    this.candidates = Succession.of(List.of(), List.of(), upstreams, this::candidate);
    this.rotation = rotate();
  }

  private Candidate candidate(Upstream upstream) {
    var added = new Candidate(upstream, bounds.limit(), bounds.adaptive(), judge.newcomer());
    added.setWell(!upstream.whereabouts().equals(Whereabouts.UNKNOWN)); // nobody needs to try
    return added;
  }

  public String id() {
    return id;
  }

  /** All of them, available or not, in configured order. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /** The candidate whose upstream has this id. */
  public Optional<Candidate> candidate(String upstreamId) {
    return candidates.stream().filter(c -> c.upstream().id().equals(upstreamId)).findAny();
  }

  /** Whether too few are well, so that all get requests. */
  public synchronized boolean panics() {
    return judge.panics();
  }

  /** Whether it may get a request that no client's habit brings there. */
  public boolean isAvailable(Upstream upstream) {
    return rotation.open().holds(upstream);
  }

  /** Takes an upstream out of the rotation or puts it back; requests under way are not touched. */
  public synchronized void setWell(Upstream upstream, boolean well) {
    for (Candidate candidate : candidates) {
      if (candidate.upstream().equals(upstream) && candidate.isWell() != well) {
        candidate.setWell(well);
        if (well) {
          judge.recovered(candidate);
        }
        refresh();
      }
    }
  }

  /**
   * Listens to a good check, which may end an ejection early.
   *
   * @param checkNanos when it began
   * @param failedNanos when the last check that failed began; empty: none has
   */
  public void checked(Upstream upstream, long checkNanos, OptionalLong failedNanos) {
    for (Candidate candidate : candidates) {
      if (candidate.upstream().equals(upstream) && candidate.fitness().ejection().out()) {
        synchronized (this) {
          if (judge.checked(candidate, checkNanos, failedNanos)) {
            refresh();
          }
        }
      }
    }
  }

  /** Lets time pass, and tells the events what came about since the last time. */
  public void tick(long nowNanos) {
    synchronized (this) {
      if (judge.tick(candidates, nowNanos)) {
        refresh();
      }
    }
    judge.tell(id);
  }

  /** Logs what the events have been told; apart from {@link #tick}, as the log may block. */
  public void log() {
    judge.log(id);
  }

  /** Does what an operator wants; requests under way are not touched. */
  public synchronized void setMode(Candidate candidate, Mode mode) {
    candidate.setMode(mode);
    refresh();
  }

  /**
   * Changes its share.
   *
   * @param weight at least 1
   */
  public synchronized void setWeight(Candidate candidate, int weight) {
    candidate.setWeight(weight);
    refresh();
  }

  /**
   * Has these from now on, in this order; requests under way are not touched, and what is known of
   * a URL and an address stays, also while it is away for a few minutes.
   */
  public synchronized void replace(List<Upstream> upstreams) {
    long now = bounds.nanoTime().getAsLong();
    List<Candidate> before = candidates;
    candidates = Succession.of(before, departed.at(now), upstreams, this::candidate);
    departed = departed.after(before, candidates, now);
    refresh();
  }

  private void refresh() {
    rotation = rotate();
    line.serve(this::lendNow);
  }

  private Rotation rotate() {
    List<Candidate> all = candidates;
    return new Rotation(all, judge.roster(all), Availability.backups(all));
  }

  /**
   * Lends an available upstream, one that this request has not tried while there is any; null when
   * all those are full or there is none, or when others wait already for what it would get.
   *
   * @param key its {@code attempt} is 0 for the first backend of a request, and more for a retry
   */
  public @Nullable Lease lend(RequestKey key, Set<Upstream> tried) {
    if (key.attempt() == 0 && line.holdsFirsts()) { // a retry has stood in line before
      return rotation.lendApart(this, key);
    }
    return rotation.lend(this, balancer, key, tried);
  }

  private @Nullable Lease lendNow(Waiting place) {
    return rotation.lend(this, balancer, place.key(), place.tried());
  }

  /**
   * Waits for an upstream when all that would do are full.
   *
   * @return false if it is no use to wait, and nobody will be called: nobody is available at all,
   *     or too many wait already
   */
  public boolean await(Waiting place) {
    if (!rotation.serves(place.key()) || !line.join(place)) {
      return false;
    }
    line.serve(this::lendNow); // there may have been room meanwhile
    return true;
  }

  /** Waits no longer. Who was called meanwhile, or is just being called, has to go on as called. */
  public void leave(Waiting place) {
    line.remove(place);
  }

  /** How long a request waits at most, whatever its tries. */
  public Duration patience() {
    return bounds.patience();
  }

  /** Requests that wait for an upstream. */
  public int waiting() {
    return line.length();
  }

  /** How many may. */
  public int maxWaiting() {
    return bounds.maxWaiting();
  }

  /**
   * Sends those away who would wait for too long; to be called again and again.
   *
   * @param next until this is called again
   */
  public void expire(Duration next) {
    line.expire(next);
  }

  /** Lets nobody wait any more. */
  public void close() {
    line.close();
  }

  /** Whether there is one that may get a request, full or not, and is none of these. */
  public boolean offersOtherThan(Set<Upstream> tried) {
    return rotation.offersOtherThan(tried);
  }

  /** Whether the upstream of this id serves clients that stick to it. */
  public boolean keeps(String upstreamId) {
    return rotation.keeps(upstreamId);
  }

  long nanoTime() {
    return bounds.nanoTime().getAsLong();
  }

  void end(Candidate candidate, Ending ending, Circuit lent) {
    candidate.end(ending);
    balancer.ended(candidate, ending);
    if (judge.counts(candidate.fitness(), ending, lent)) {
      synchronized (this) {
        if (judge.after(now(candidate), ending, lent, candidates)) {
          refresh();
        }
      }
    }
    line.serve(this::lendNow);
  }

  /** Who it is by now: its id may have changed since it was lent. */
  private Candidate now(Candidate lent) {
    for (Candidate each : candidates) {
      if (each.isSameServer(lent)) {
        return each;
      }
    }
    return lent;
  }
}
