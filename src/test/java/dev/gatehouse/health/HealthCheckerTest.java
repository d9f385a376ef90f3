package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Judge;
import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.Health.State;
import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HealthCheckerTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final PoolConfig.Health SETTINGS = Pools.health("/", INTERVAL, INTERVAL, 3, 1);

  private final Upstream a = new Upstream("a", URI.create("http://a.test"), 1);
  private final Upstream b = new Upstream("b", URI.create("http://b.test"), 1);
  private final UpstreamPool pool = Pools.pool("shop", List.of(a, b), new RoundRobin());
  private final FakeTime time = new FakeTime();
  private final FakeProbe probe = new FakeProbe();
  private final List<Transition> heard = new ArrayList<>();
  private final LogLines log = new LogLines(HealthChecker.class);
  private HealthChecker checker = checker(probe, List.of(heard::add));

  @AfterEach
  void releaseLog() {
    log.close();
  }

  @Test
  void allAreCheckedAtTheStart() {
    assertThat(time.plannedCount()).isZero();
    checker.start();
    time.run();
    assertThat(probe.asked).extracting(FakeProbe.Asked::upstream).containsExactly(a, b);
    assertThat(checker.healthOf(a).state()).isEqualTo(State.NOT_INITIATED);
    assertThat(pool.isAvailable(a)).isTrue();
  }

  @Test
  void eachIsCheckedAgainAtItsIntervalGiveOrTakeATenth() {
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.run();
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      waits.add(time.untilNext().toNanos());
      time.advance(time.untilNext());
    }
    assertThat(waits).allMatch(n -> n >= 900_000_000L && n <= 1_100_000_000L);
    assertThat(waits).anyMatch(n -> n < 920_000_000L).anyMatch(n -> n > 1_080_000_000L);
    assertThat(waits.stream().mapToLong(n -> n).average().orElseThrow())
        .isBetween(990_000_000.0, 1_010_000_000.0);
    assertThat(probe.timesAsked(a)).isEqualTo(1_001);
  }

  @Test
  void whoseChecksBeginToFailIsAskedAgainALittleEarly() {
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.run();
    probe.answer(a, FakeProbe.BAD);
    Duration out = time.untilNext();
    time.advance(out);
    assertThat(time.untilNext()).isEqualTo(Duration.ofMillis(900));
    time.advance(Duration.ofMillis(1_800));
    assertThat(pool.isAvailable(a)).isFalse();
    assertThat(out.plusMillis(1_800)).isLessThan(INTERVAL.multipliedBy(3));
    assertThat(time.untilNext()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_100));
  }

  @Test
  void whoIsDownIsAskedAtAnIntervalOfItsOwn() {
    var fast =
        new PoolConfig.Health(
            "/",
            INTERVAL,
            Duration.ofMillis(200),
            INTERVAL,
            1,
            2,
            SETTINGS.status(),
            SETTINGS.body(),
            SETTINGS.headers());
    checker =
        new HealthChecker(
            List.of(new Watch(pool, fast, probe)), time, time, time, new Random(1), List.of());
    probe.answer(a, FakeProbe.BAD);
    checker.start();
    time.run();
    assertThat(time.untilNext()).isBetween(Duration.ofMillis(180), Duration.ofMillis(220));
    probe.answer(a, FakeProbe.GOOD);
    time.advance(Duration.ofMillis(440));
    assertThat(pool.isAvailable(a)).isTrue();
    assertThat(time.untilNext()).isBetween(Duration.ofMillis(700), Duration.ofMillis(1_100));
  }

  @Test
  void aGoodCheckEndsAnEjectionThatFailedConnectsMade() {
    var events = new EventLog(time);
    var config = Pools.ejecting("shop", 1, Duration.ofSeconds(60));
    var ejecting =
        new UpstreamPool(
            "shop",
            List.of(a, b),
            new RoundRobin(),
            Pools.NO_BOUNDS,
            Judge.of(config, time, events));
    checker =
        new HealthChecker(
            List.of(new Watch(ejecting, SETTINGS, probe)),
            time,
            time,
            time,
            new Random(1),
            List.of());
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.run();
    eject(ejecting, Ending.connectFailed());
    assertThat(ejecting.isAvailable(a)).isFalse();
    time.advance(Duration.ofMillis(1_100));
    assertThat(ejecting.isAvailable(a)).isTrue();

    probe.answer(a, FakeProbe.BAD);
    time.advance(Duration.ofMillis(1_100));
    eject(ejecting, Ending.reset());
    probe.answer(a, FakeProbe.GOOD);
    time.advance(Duration.ofSeconds(5));
    assertThat(ejecting.isAvailable(a)).as("good checks say nothing against resets").isFalse();
    probe.answer(a, FakeProbe.BAD);
    time.advance(Duration.ofMillis(1_100));
    probe.answer(a, FakeProbe.GOOD);
    time.advance(Duration.ofMillis(1_100));
    assertThat(ejecting.isAvailable(a)).as("the checks saw it, too").isTrue();
  }

  @Test
  void asManyGoodChecksAsItTakesMustBeginAfterTheEjection() {
    var config = Pools.ejecting("shop", 1, Duration.ofSeconds(60));
    var judge = Judge.of(config, time, new EventLog(time));
    var ejecting =
        new UpstreamPool("shop", List.of(a, b), new RoundRobin(), Pools.NO_BOUNDS, judge);
    var three = Pools.health("/", INTERVAL, INTERVAL, 3, 3);
    checker =
        new HealthChecker(
            List.of(new Watch(ejecting, three, probe)), time, time, time, new Random(1), List.of());
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.run();
    for (int i = 0; i < 5; i++) {
      time.advance(Duration.ofMillis(1_100));
    }
    eject(ejecting, Ending.connectFailed());
    time.advance(Duration.ofMillis(2_200));
    assertThat(ejecting.isAvailable(a)).as("two good checks are not three").isFalse();
    time.advance(Duration.ofMillis(1_100));
    time.advance(Duration.ofMillis(1_100));
    assertThat(ejecting.isAvailable(a)).isTrue();
  }

  private void eject(UpstreamPool from, Ending ending) {
    Objects.requireNonNull(from.lend(RequestKey.ANY.again(1), Set.of(b))).close(ending);
  }

  @Test
  void theIntervalCountsFromTheStartOfACheck() {
    checker.start();
    time.run();
    time.advance(Duration.ofMillis(800));
    probe.asked.get(0).done().accept(FakeProbe.GOOD);
    time.run();
    assertThat(time.untilNext()).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
  }

  @Test
  void checksOfOneBackendNeverOverlap() {
    probe.answer(b, FakeProbe.GOOD);
    checker.start();
    time.advance(Duration.ofSeconds(60));
    assertThat(probe.timesAsked(a)).as("hangs").isEqualTo(1);
    assertThat(probe.timesAsked(b)).as("is not held up").isBetween(54L, 68L);
    probe.asked.get(0).done().accept(FakeProbe.GOOD);
    time.run();
    assertThat(probe.timesAsked(a)).as("overdue, so at once").isEqualTo(2);
  }

  @Test
  void aSecondAnswerToOneCheckIsDropped() {
    checker.start();
    time.run();
    probe.asked.get(0).done().accept(FakeProbe.GOOD);
    probe.asked.get(0).done().accept(FakeProbe.BAD);
    time.run();
    assertThat(checker.healthOf(a).checks()).isEqualTo(1);
    time.advance(Duration.ofMillis(1_200));
    assertThat(probe.timesAsked(a)).isEqualTo(2);
  }

  @Test
  void aTransitionIsToldOnceToPoolLogAndListeners() {
    probe.answer(a, FakeProbe.GOOD);
    probe.answer(b, FakeProbe.GOOD);
    checker.start();
    time.run();
    assertThat(log.lines())
        .containsExactly(
            "INFO Backend a of pool shop is healthy: 200 in 3 ms",
            "INFO Backend b of pool shop is healthy: 200 in 3 ms");
    log.lines().clear();
    heard.clear();

    probe.answer(b, FakeProbe.BAD);
    time.advance(Duration.ofSeconds(20));
    assertThat(pool.isAvailable(a)).isTrue();
    assertThat(pool.isAvailable(b)).isFalse();
    assertThat(log.lines())
        .singleElement()
        .asString()
        .matches(
            "WARNING Backend b of pool shop is unreachable: connection refused"
                + " \\(was up for [23]\\d{0,3} m?s\\)");
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).upstream()).isEqualTo(b);
    assertThat(heard.get(0).before().state()).isEqualTo(State.HEALTHY);
    assertThat(heard.get(0).after().state()).isEqualTo(State.UNREACHABLE);
    assertThat(heard.get(0).after().consecutiveFailures()).isEqualTo(3);
    log.lines().clear();

    probe.answer(b, FakeProbe.GOOD);
    time.advance(Duration.ofMillis(1_100));
    assertThat(pool.isAvailable(b)).isTrue();
    assertThat(log.lines())
        .singleElement()
        .asString()
        .matches("INFO Backend b of pool shop is healthy: 200 in 3 ms \\(was down for 1\\d s\\)");
    assertThat(heard).hasSize(2);
  }

  @Test
  void aBackendNeverSeenWellGoesDownAfterItsFailures() {
    probe.answer(a, FakeProbe.BAD);
    checker.start();
    time.advance(Duration.ofMillis(1_200));
    assertThat(pool.isAvailable(a)).isTrue();
    time.advance(Duration.ofMillis(1_100));
    assertThat(pool.isAvailable(a)).isFalse();
    assertThat(log.lines())
        .containsExactly("WARNING Backend a of pool shop is unreachable: connection refused");
  }

  @Test
  void aProbeThatThrowsCountsAsAFailedCheck() {
    checker =
        checker(
            (upstream, done) -> {
              if (upstream.equals(a)) {
                throw new StackOverflowError();
              }
              throw new IllegalStateException("x");
            },
            List.of());
    checker.start();
    time.advance(Duration.ofSeconds(10));
    assertThat(checker.healthOf(a).checks()).isGreaterThan(8);
    assertThat(checker.healthOf(a).lastResult()).isEqualTo("check failed (StackOverflowError)");
    assertThat(checker.healthOf(b).lastResult()).isEqualTo("check failed (IllegalStateException)");
    assertThat(pool.isAvailable(a) || pool.isAvailable(b)).isFalse();
  }

  @Test
  void aListenerThatThrowsStopsNeitherChecksNorOtherListeners() {
    checker =
        checker(
            probe,
            List.of(
                transition -> {
                  throw new IllegalStateException("listener");
                },
                heard::add));
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.advance(Duration.ofSeconds(5));
    assertThat(heard).hasSize(1);
    assertThat(probe.timesAsked(a)).isGreaterThan(3);
  }

  @Test
  void whoListensMayBeNamedUntilTheStart() {
    List<Consumer<Transition>> growing = new ArrayList<>();
    checker = checker(probe, growing);
    growing.add(heard::add);
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.run();
    assertThat(heard).hasSize(1);
  }

  @Test
  void whatComesAfterCloseIsDropped() {
    checker.start();
    time.run();
    checker.close();
    probe.asked.get(0).done().accept(FakeProbe.GOOD);
    time.advance(Duration.ofSeconds(60));
    assertThat(checker.healthOf(a).state()).isEqualTo(State.NOT_INITIATED);
    assertThat(probe.asked).hasSize(2);
    assertThat(time.plannedCount()).isZero();
    assertThat(heard).isEmpty();
  }

  @Test
  @Timeout(20)
  void theRealThreadIsNamedAndEndsWithClose() throws Exception {
    CompletableFuture<Thread> seen = new CompletableFuture<>();
    Probe noting = (upstream, done) -> seen.complete(Thread.currentThread());
    List<Watch> watches = List.of(new Watch(pool, SETTINGS, noting));
    Thread thread;
    try (var real = new HealthChecker(watches, time, time, new Random(1), List.of())) {
      real.start();
      thread = seen.get(10, TimeUnit.SECONDS);
    }
    thread.join();
    assertThat(thread.getName()).isEqualTo("gatehouse-health-1");
    assertThat(thread.isDaemon()).isTrue();
  }

  @Test
  void nothingIsKnownOfABackendThatIsNotWatched() {
    Upstream other = new Upstream("a", URI.create("http://a.test"), 1);
    assertThat(checker.healthOf(other).state()).isEqualTo(State.NOT_INITIATED);
    checker.checkNow(other);
    checker.unwatch(other);
    assertThat(time.plannedCount()).isZero();
  }

  @Test
  void aBackendThatComesLaterIsWatchedLikeTheOthers() {
    Upstream c = new Upstream("c", URI.create("http://c.test"), 1);
    probe.answer(c, FakeProbe.BAD);
    checker.start();
    time.run();
    var unused = Pools.add(pool, c);
    checker.watch(pool, c);
    time.advance(Duration.ofSeconds(5));
    assertThat(checker.healthOf(c).state()).isEqualTo(State.UNREACHABLE);
    assertThat(pool.isAvailable(c)).isFalse();
  }

  @Test
  void aBackendThatHasLeftIsCheckedNoMoreAndItsLastResultIsDropped() {
    probe.answer(b, FakeProbe.GOOD);
    checker.start();
    time.run();
    checker.unwatch(a);
    checker.unwatch(b);
    probe.asked.get(0).done().accept(FakeProbe.GOOD);
    heard.clear();
    time.advance(Duration.ofSeconds(60));
    assertThat(probe.timesAsked(a)).isEqualTo(1);
    assertThat(probe.timesAsked(b)).isEqualTo(1);
    assertThat(heard).isEmpty();
    assertThat(time.plannedCount()).isZero();
  }

  @Test
  void aCheckOutOfTurnMovesTheNextOneInsteadOfAddingARound() {
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.advance(Duration.ofMillis(500));
    checker.checkNow(a);
    time.run();
    assertThat(probe.timesAsked(a)).isEqualTo(2);
    time.advance(Duration.ofMillis(850));
    assertThat(probe.timesAsked(a)).as("what was planned before is void").isEqualTo(2);
    time.advance(Duration.ofSeconds(60));
    assertThat(probe.timesAsked(a)).isBetween(56L, 70L);
  }

  @Test
  void aCheckUnderWayIsNotDoubled() {
    checker.start();
    time.run();
    checker.checkNow(a);
    time.run();
    assertThat(probe.timesAsked(a)).isEqualTo(1);
  }

  @Test
  void aCheckOutOfTurnIsNotJoinedByTheOneThatWasPlanned() {
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.advance(Duration.ofMillis(500));
    probe.answers.clear();
    checker.checkNow(a);
    time.advance(Duration.ofSeconds(5));
    assertThat(probe.timesAsked(a)).as("the second hangs").isEqualTo(2);
  }

  @Test
  void whoIsStartedTwiceIsCheckedOnce() {
    var schedule = new Schedule(time, time, new Random(1));
    var watch = new Watch(pool, SETTINGS, probe);
    var none = Findings.none(FakeTime.T0);
    var watched = new Watched(watch, a, none, schedule, time, new Announcer(List.of()));
    watched.start();
    watched.start();
    time.run();
    assertThat(probe.timesAsked(a)).isEqualTo(1);
  }

  @Test
  void whoseIdChangesBeginsWithWhatWasFound() {
    probe.answer(a, FakeProbe.GOOD);
    checker.start();
    time.run();
    probe.answer(a, FakeProbe.BAD);
    time.advance(Duration.ofMillis(1_100));
    Upstream renamed = a.at("a2", a.whereabouts());
    rename(a, renamed);
    assertThat(checker.healthOf(renamed).checks()).isEqualTo(2);
    assertThat(checker.healthOf(renamed).consecutiveFailures()).isEqualTo(1);
    assertThat(checker.healthOf(a).checks()).isZero();
    probe.answer(renamed, FakeProbe.BAD);
    time.advance(Duration.ofSeconds(1));
    assertThat(checker.healthOf(renamed).state()).isEqualTo(State.UNREACHABLE);
    assertThat(pool.isAvailable(renamed)).isFalse();
    rename(renamed, a);
    assertThat(checker.healthOf(a).state()).isEqualTo(State.UNREACHABLE);
    assertThat(pool.isAvailable(a)).isFalse();
  }

  @Test
  void whatIsFoundLastIsTrueOfWhoFollowsAtOnce() {
    probe.answer(a, FakeProbe.BAD);
    checker.start();
    time.advance(Duration.ofSeconds(3));
    pool.setWell(a, true); // as if the last result had come after the pool's change
    rename(a, a.at("a2", a.whereabouts()));
    assertThat(pool.candidate("a2").orElseThrow().isWell()).isFalse();
  }

  private void rename(Upstream from, Upstream to) {
    pool.replace(List.of(to, b));
    checker.unwatch(from);
    checker.watch(pool, to, from);
  }

  @Test
  void whoReturnsBeginsWithWhatWasFound() {
    probe.answer(b, FakeProbe.BAD);
    checker.start();
    time.advance(Duration.ofSeconds(3));
    checker.unwatch(b);
    assertThat(checker.healthOf(b).checks()).isZero();
    checker.watch(pool, b);
    assertThat(checker.healthOf(b).state()).isEqualTo(State.UNREACHABLE);
  }

  private HealthChecker checker(Probe by, List<Consumer<Transition>> listeners) {
    List<Watch> watches = List.of(new Watch(pool, SETTINGS, by));
    return new HealthChecker(watches, time, time, time, new Random(1), listeners);
  }
}
