package dev.gatehouse.balance;

import dev.gatehouse.balance.Circuit.State;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.events.EventLog;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Moves what is held for and against the backends of one pool, as its settings want it.
 *
 * <p>The pool calls it under its lock, except for {@link #counts}.
 */
public final class Judge {
  private final PoolConfig.Balance balance;
  private final PoolConfig.Passive passive;
  private final PoolConfig.Breaker breaker;
  private final LongSupplier nanoTime;
  private final Tidings tidings;
  private final boolean watches;
  private boolean panics;

  private Judge(PoolConfig pool, LongSupplier nanoTime, EventLog events) {
    this.balance = pool.balance();
    this.passive = pool.passive();
    this.breaker = pool.breaker();
    this.nanoTime = nanoTime;
    this.tidings = new Tidings(events);
    this.watches = passive.maxFails() > 0 || breaker.errorRate() > 0;
  }

  /**
   * One for one pool.
   *
   * @param nanoTime a monotonic clock
   * @param events told what comes about, as the log is
   */
  public static Judge of(PoolConfig pool, LongSupplier nanoTime, EventLog events) {
    return new Judge(pool, nanoTime, events);
  }

  /** What is known of a backend so far: nothing. */
  Fitness newcomer() {
    return new Fitness(nanoTime.getAsLong());
  }

  /**
   * Counts the end of a request; whether {@link #after} must follow. Needs no lock, and is all that
   * a good request to a backend without failures costs.
   *
   * @param lent the circuit in which it was lent
   */
  boolean counts(Fitness fitness, Ending ending, Circuit lent) {
    if (ending.saysNothing()) {
      return lent.isTry();
    }
    boolean failed = ending.isFailure(passive.serverErrors());
    if (breaker.errorRate() > 0 && lent.equals(fitness.circuit())) {
      fitness.window().count(failed);
    }
    return lent.isTry() || (failed ? watches : fitness.ejection().failures() > 0);
  }

  /**
   * Judges the end of a request; whether that changes who may get one.
   *
   * @param all those of its pool
   * @param lent the circuit in which it was lent
   */
  boolean after(Candidate candidate, Ending ending, Circuit lent, List<Candidate> all) {
    long now = nanoTime.getAsLong();
    Fitness fitness = candidate.fitness();
    if (ending.saysNothing()) {
      fitness.tryAgain(lent);
      return false;
    }
    boolean changed = breaks(candidate, ending, lent, now);
    Ejection before = fitness.ejection();
    Ejection after = before.after(ending, passive, hasRoom(candidate, all), now);
    fitness.set(after);
    if (after.out() && !before.out()) {
      String cause =
          after.failures() == 1
              ? "a request failed: "
              : after.failures() + " requests in a row failed, the last: ";
      String length = " (for " + seconds(after.untilNanos() - now) + ")";
      tidings.bad(candidate.upstream().id(), "ejected", cause + ending.words() + length);
      changed = true;
    }
    return changed;
  }

  private boolean breaks(Candidate candidate, Ending ending, Circuit lent, long now) {
    Fitness fitness = candidate.fitness();
    Circuit before = fitness.circuit();
    if (!lent.equals(before)) {
      return false; // what was lent before the breaker opened is no try
    }
    boolean tried = lent.isTry();
    boolean failed = ending.isFailure(passive.serverErrors());
    long requests = fitness.window().requests();
    long failures = fitness.window().failures();
    Circuit after =
        tried ? before.afterTry(failed, now) : before.after(requests, failures, breaker, now);
    if (after.equals(before)) {
      return false;
    }
    fitness.set(after);
    String id = candidate.upstream().id();
    if (after.state() == State.OPEN) {
      String cause =
          tried
              ? "the try failed: " + ending.words()
              : failures + " of " + requests + " requests in 10 s failed";
      tidings.bad(id, "breaker open", cause);
    } else {
      fitness.cool(balance, now);
      tidings.good(id, "breaker closed", "the try went well");
    }
    return true;
  }

  /** Whether so many may be out, and somebody else is there. */
  private boolean hasRoom(Candidate candidate, List<Candidate> all) {
    int out = 0;
    boolean another = false;
    for (Candidate each : all) {
      out += each.fitness().ejection().out() ? 1 : 0;
      another |= each != candidate && Availability.isOpen(each);
    }
    return another && (out + 1) * 100L <= (long) passive.maxEjected() * all.size();
  }

  /** Lets time pass; whether that changes who may get a request, or what share. */
  boolean tick(List<Candidate> all, long now) {
    boolean changed = false;
    for (Candidate each : all) {
      Fitness fitness = each.fitness();
      fitness.window().turn(now);
      changed |= fitness.warm(balance, now);
      changed |= returns(each, now);
      changed |= triesAgain(each, now);
    }
    return changed;
  }

  private boolean returns(Candidate candidate, long now) {
    Fitness fitness = candidate.fitness();
    Ejection before = fitness.ejection();
    Ejection after = before.at(passive, now);
    if (!after.equals(before)) {
      fitness.set(after);
    }
    if (after.out() == before.out()) {
      return false;
    }
    fitness.cool(balance, now);
    String length = seconds(before.untilNanos() - before.sinceNanos());
    tidings.good(candidate.upstream().id(), "back", "after " + length);
    return true;
  }

  private boolean triesAgain(Candidate candidate, long now) {
    Circuit before = candidate.fitness().circuit();
    Circuit after = before.at(breaker, now);
    if (after.equals(before)) {
      return false;
    }
    candidate.fitness().set(after);
    if (before.state() == State.OPEN) {
      tidings.good(candidate.upstream().id(), "breaker half-open", "one request may try");
    }
    return true;
  }

  /** Checks have found it well again: what traffic held against it was before that. */
  void recovered(Candidate candidate) {
    long now = nanoTime.getAsLong();
    candidate.fitness().cool(balance, now);
    lift(candidate, now);
    if (candidate.fitness().circuit().state() != State.CLOSED) {
      candidate.fitness().set(Circuit.closed(now));
      tidings.good(candidate.upstream().id(), "breaker closed", "its checks succeed again");
    }
  }

  /**
   * Listens to as many good checks in a row as it takes.
   *
   * @param checkNanos when the first of them began
   * @param failedNanos when the last one that failed began; empty: none has
   */
  boolean checked(Candidate candidate, long checkNanos, OptionalLong failedNanos) {
    if (!candidate.fitness().ejection().isRefutedBy(checkNanos, failedNanos)) {
      return false;
    }
    long now = nanoTime.getAsLong();
    candidate.fitness().cool(balance, now);
    lift(candidate, now);
    return true;
  }

  private void lift(Candidate candidate, long now) {
    Ejection ejection = candidate.fitness().ejection();
    if (ejection.out()) {
      tidings.good(candidate.upstream().id(), "back", "its checks succeed");
    }
    candidate.fitness().set(ejection.lifted(now));
  }

  /** Whether too few are well, so that all get requests. */
  boolean panics() {
    return panics;
  }

  /** Who may get requests now. */
  Roster roster(List<Candidate> all) {
    boolean before = panics;
    panics = Availability.panics(all, balance.panicThreshold());
    if (panics && !before) {
      String cause = Availability.count(all) + "; all of them get requests";
      tidings.bad("", "panic on", cause);
    } else if (before && !panics) {
      tidings.good("", "panic off", Availability.count(all));
    }
    return Availability.roster(all, panics);
  }

  /** Tells the events what came about. */
  void tell(String pool) {
    tidings.tell(pool);
  }

  /** Tells the log of it. */
  void log(String pool) {
    tidings.log(pool);
  }

  private static String seconds(long nanos) {
    long millis = nanos / 1_000_000;
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}
