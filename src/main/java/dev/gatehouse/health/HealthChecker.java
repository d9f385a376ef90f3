package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Watches all backends from one thread, and takes those that fail out of their pools.
 *
 * <p>Thread-safe; its one owner starts it once and closes it.
 */
public final class HealthChecker implements AutoCloseable {
  private final Timer timer;
  private final Map<Upstream, Watched> watched = new LinkedHashMap<>();

  /**
   * Starts nothing yet.
   *
   * @param nanoTime a monotonic clock, for intervals
   * @param clock the wall clock, shown to operators only
   * @param jitter spreads the checks of many backends and of many proxies
   * @param listeners told of each transition on the health thread, after the pool; must be quick;
   *     the list may grow until {@link #start}
   */
  public HealthChecker(
      List<Watch> watches,
      LongSupplier nanoTime,
      InstantSource clock,
      RandomGenerator jitter,
      List<Consumer<Transition>> listeners) {
    this(watches, new ThreadTimer("gatehouse-health-1"), nanoTime, clock, jitter, listeners);
  }

  HealthChecker(
      List<Watch> watches,
      Timer timer,
      LongSupplier nanoTime,
      InstantSource clock,
      RandomGenerator jitter,
      List<Consumer<Transition>> listeners) {
    this.timer = timer;
    Announcer announcer = new Announcer(listeners);
    Schedule schedule = new Schedule(timer, nanoTime, jitter);
    for (Watch watch : watches) {
      for (var candidate : watch.pool().candidates()) {
        Upstream upstream = candidate.upstream();
        watched.put(upstream, new Watched(watch, upstream, schedule, clock, announcer));
      }
    }
  }

  /** Checks all backends at once, and then each at its interval. */
  public void start() {
    watched.values().forEach(Watched::start);
  }

  /** What is known about one of the watched backends. */
  public Health healthOf(Upstream upstream) {
    Watched found = watched.get(upstream);
    if (found == null) {
      throw new IllegalArgumentException("not watched: " + upstream);
    }
    return found.health();
  }

  /** Ends the thread; results that come later are dropped. */
  @Override
  public void close() {
    timer.close();
  }
}
