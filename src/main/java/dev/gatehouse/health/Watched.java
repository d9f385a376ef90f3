package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
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
  private final Deque<Long> good = new ArrayDeque<>(1); // when they began
  private OptionalLong failed = OptionalLong.empty(); // when the last one that did began
  private volatile Health health;
  private volatile boolean stopped;
  private boolean checking; // the health thread's alone, as is the round
  private int round;

  Watched(
      Watch watch, Upstream upstream, Schedule schedule, InstantSource clock, Announcer announcer) {
    this.watch = watch;
    this.upstream = upstream;
    this.schedule = schedule;
    this.clock = clock;
    this.announcer = announcer;
    this.health = Health.unknown(clock.instant());
  }

  Health health() {
    return health;
  }

  void start() {
    schedule.now(this::check);
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

  /** Only what was planned last is done: a check in between has planned anew. */
  private void check(int planned) {
    if (planned == round) {
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
    Health before = health;
    Health after =
        before.after(result, settings.maxFailures(), settings.minSuccesses(), clock.instant());
    health = after;
    plan(after, startNanos);
    if (after.state() != before.state()) {
      watch.pool().setWell(upstream, after.takesTraffic());
      announcer.announce(new Transition(watch.pool(), upstream, before, after));
    }
    note(result.ok(), startNanos);
    Long rowNanos = good.peekFirst();
    if (rowNanos != null && good.size() == settings.minSuccesses()) {
      watch.pool().checked(upstream, rowNanos, failed);
    }
  }

  /** As many good checks in a row as it takes to believe them. */
  private void note(boolean ok, long startNanos) {
    if (!ok) {
      failed = OptionalLong.of(startNanos);
      good.clear();
      return;
    }
    if (good.size() == watch.settings().minSuccesses()) {
      good.removeFirst();
    }
    good.addLast(startNanos);
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
