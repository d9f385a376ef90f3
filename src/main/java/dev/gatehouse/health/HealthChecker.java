package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
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
  private final InstantSource clock;
  private final Announcer announcer;
  private final Schedule schedule;
  private final Map<UpstreamPool, Watch> watches = new HashMap<>();
  private final Map<Upstream, Watched> watched = new LinkedHashMap<>(); // guards itself and these
  private final Map<Upstream, Findings> past = new WeakHashMap<>(); // while its pool remembers it
  private boolean started;

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
    this.clock = clock;
    this.announcer = new Announcer(listeners);
    this.schedule = new Schedule(timer, nanoTime, jitter);
    for (Watch watch : watches) {
      this.watches.put(watch.pool(), watch);
      watch.pool().candidates().forEach(each -> watch(watch.pool(), each.upstream()));
    }
  }

  /** Checks all backends at once, and then each at its interval. */
  public void start() {
    synchronized (watched) {
      started = true;
      watched.values().forEach(Watched::start);
    }
  }

  /** Watches one more backend of a pool, as the pool's others are. */
  public void watch(UpstreamPool pool, Upstream upstream) {
    watch(pool, upstream, upstream);
  }

  /**
   * The same, and begins with what was found of it, if it was watched before.
   *
   * @param former under which it was, if its id has changed
   */
  public void watch(UpstreamPool pool, Upstream upstream, Upstream former) {
    Watch watch = Objects.requireNonNull(watches.get(pool), "a pool that is not watched");
    Findings found = found(upstream, former);
    if (found.health().lastCheck().isPresent()) {
      pool.setWell(upstream, found.health().takesTraffic()); // its last result may have come late
    }
    Watched added = new Watched(watch, upstream, found, schedule, clock, announcer);
    synchronized (watched) {
      watched.put(upstream, added);
      if (started) {
        added.start();
      }
    }
  }

  private Findings found(Upstream upstream, Upstream former) {
    synchronized (watched) {
      Findings own = past.remove(upstream);
      Findings found = own == null ? past.remove(former) : own;
      return found == null ? Findings.none(clock.instant()) : found;
    }
  }

  /** Checks a backend no more; the result of a check under way is dropped. */
  public void unwatch(Upstream upstream) {
    synchronized (watched) {
      Watched left = watched.remove(upstream);
      if (left != null) {
        left.stop();
        past.put(upstream, left.found());
      }
    }
  }

  /** Checks a backend at once instead of when it is due; a check under way is good enough. */
  public void checkNow(Upstream upstream) {
    find(upstream).ifPresent(Watched::checkNow);
  }

  /** What is known about a backend: nothing if it is not watched, as when it was just removed. */
  public Health healthOf(Upstream upstream) {
    return find(upstream).map(Watched::health).orElseGet(() -> Health.unknown(clock.instant()));
  }

  private Optional<Watched> find(Upstream upstream) {
    synchronized (watched) {
      return Optional.ofNullable(watched.get(upstream));
    }
  }

  /** Ends the thread; results that come later are dropped. */
  @Override
  public void close() {
    timer.close();
  }
}
