package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One backend under watch: its state, and the round of checks that moves it.
 *
 * <p>Only the health thread writes; anyone may read {@link #health}.
 */
final class Watched {
  private final Watch watch;
  private final Upstream upstream;
  private final Schedule schedule;
  private final InstantSource clock;
  private final Announcer announcer;
  private volatile Findings found;
  private volatile boolean stopped;
  private boolean checking; // the health thread's alone, as is the round
  private int round;

  /**
   * Checks nothing yet.
   *
   * @param found what was known when it was watched before
   */
  Watched(
      Watch watch,
      Upstream upstream,
      Findings found,
      Schedule schedule,
      InstantSource clock,
      Announcer announcer) {
    this.watch = watch;
    this.upstream = upstream;
    this.schedule = schedule;
    this.clock = clock;
    this.announcer = announcer;
    this.found = found;
  }

  Findings found() {
    return found;
  }

  Health health() {
    return found.health();
  }

  void start() {
    checkNow();
  }

  void stop() {
    stopped = true;
  }

  void checkNow() {
    schedule.now(
        () -> {
          if (!checking) {
            check();
          }
        });
  }

  /** Only what was planned last is done: a check in between has planned anew, or will. */
  private void check(int planned) {
    if (planned == round && !checking) {
      check();
    }
  }

  private void check() {
    if (stopped) {
      return;
    }
    checking = true;
    long startNanos = schedule.nanoTime().getAsLong();
    AtomicBoolean first = new AtomicBoolean(true);
    Consumer<ProbeResult> done =
        result -> {
          if (first.compareAndSet(true, false)) { // a probe's second answer would fork the schedule
            schedule.now(() -> settle(result, startNanos));
          }
        };
    try {
      watch.probe().check(upstream, done);
    } catch (Throwable e) { // whatever it is: a backend that is checked no more never comes back
      String detail = "check failed (" + e.getClass().getSimpleName() + ")";
      long tookNanos = schedule.nanoTime().getAsLong() - startNanos;
      done.accept(new ProbeResult(false, detail, Duration.ofNanos(tookNanos)));
    }
  }

  private void settle(ProbeResult result, long startNanos) {
    checking = false;
    if (stopped) {
      return;
    }
    PoolConfig.Health settings = watch.settings();
    Health before = health();
    found = found.after(result, startNanos, settings, clock.instant());
    Health after = health();
    plan(after, startNanos);
    if (after.state() != before.state()) {
      watch.pool().setWell(upstream, after.takesTraffic());
      announcer.announce(new Transition(watch.pool(), upstream, before, after));
    }
    OptionalLong goodSince = found.goodSince(settings);
    if (goodSince.isPresent()) {
      watch.pool().checked(upstream, goodSince.getAsLong(), found.failed());
    }
  }

  private void plan(Health now, long startNanos) {
    PoolConfig.Health settings = watch.settings();
    int planned = ++round;
    if (now.state() == Health.State.UNREACHABLE) {
      schedule.next(startNanos, settings.downInterval(), () -> check(planned));
    } else if (now.consecutiveFailures() > 0) {
      schedule.early(startNanos, settings.interval(), () -> check(planned));
    } else {
      schedule.next(startNanos, settings.interval(), () -> check(planned));
    }
  }
}
