package dev.gatehouse.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Clients that ask at an even rate until they are told to end: seven GET to three POST. */
final class Load implements AutoCloseable {
  /**
   * Who asks for what.
   *
   * @param story the first segment of the path
   * @param stepNanos between two requests of one client
   */
  record Plan(int port, String story, int clients, long stepNanos) {
    /** Eight clients, 160 requests a second. */
    static Plan usual(int port, String story) {
      return of(port, story, 8, 160);
    }

    static Plan of(int port, String story, int clients, int perSecond) {
      return new Plan(port, story, clients, TimeUnit.SECONDS.toNanos(clients) / perSecond);
    }
  }

  private final AtomicBoolean on = new AtomicBoolean(true);
  private final ExecutorService threads;
  private final List<Future<List<Outcome>>> clients = new ArrayList<>();
  private final long begin = System.nanoTime();

  private Load(Plan plan, String name) {
    threads = Executors.newFixedThreadPool(plan.clients());
    for (int i = 0; i < plan.clients(); i++) {
      clients.add(threads.submit(new LoadClient(plan, name, i, on)));
    }
  }

  /** Begins, with ids that begin with this name. */
  static Load begin(Plan plan, String name) {
    return new Load(plan, name);
  }

  /** Lets the clients ask on for this share of a story's time. */
  Load goOn(double share) {
    return goOn(Scale.share(share));
  }

  Load goOn(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return this;
  }

  /** No further requests; waits for those under way. */
  List<Outcome> end() throws Exception {
    on.set(false);
    List<Outcome> all = new ArrayList<>();
    for (Future<List<Outcome>> each : clients) {
      all.addAll(each.get());
    }
    return all;
  }

  /** The moment of the first request, by {@link System#nanoTime}. */
  long began() {
    return begin;
  }

  @Override
  public void close() {
    on.set(false);
    threads.shutdownNow();
  }
}
