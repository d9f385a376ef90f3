package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Standing.Kind;
import dev.gatehouse.config.PoolConfig.Backend;
import dev.gatehouse.config.PoolConfig.Breaker;
import dev.gatehouse.config.PoolConfig.Passive;
import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Ending GOOD = Ending.answered(200, 1);
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final OptionalLong NEVER = OptionalLong.empty();

  private final LogLines log = new LogLines(UpstreamPool.class);

  @AfterEach
  void releaseLog() {
    log.close();
  }

  @Test
  void failuresInARowEjectAndTimePutsBack() {
    var p = JudgedPool.of(Rules.EJECTING, 3);
    p.requests("a", Ending.reset(), 2);
    assertThat(p.open()).isEqualTo("abc");
    p.request("a", Ending.timedOut());
    assertThat(p.open()).isEqualTo("bc");
    assertThat(p.state("a")).isEqualTo(new Standing(Kind.EJECTED, "for 10 s more"));
    assertThat(p.news())
        .containsExactly(
            "a ejected: 3 requests in a row failed, the last: no answer in time (for 10 s)");
    p.advance(Duration.ofMillis(9_900));
    assertThat(p.open()).isEqualTo("bc");
    assertThat(p.news()).isEmpty();
    p.advance(Duration.ofMillis(100));
    assertThat(p.open()).isEqualTo("abc");
    assertThat(p.news()).containsExactly("a back: after 10 s");
    assertThat(log.lines()).as("what a tick may wait for").isEmpty();
    p.pool.log();
    p.pool.log();
    assertThat(log.lines())
        .containsExactly(
            "WARNING Backend a of pool p: ejected,"
                + " 3 requests in a row failed, the last: no answer in time (for 10 s)",
            "INFO Backend a of pool p: back, after 10 s");
    assertThat(p.state("a")).isEqualTo(new Standing(Kind.AVAILABLE, ""));
    p.request("a", Ending.reset());
    assertThat(p.state("a").detail()).isEqualTo("for 20 s more, time 2 in a row");
  }

  @Test
  void oneFailureMayBeEnough() {
    var once = new Passive(1, Duration.ofMillis(1_500), 50, true);
    var p = JudgedPool.of(Rules.NONE.with(once), 2);
    p.request("a", Ending.answered(500, 1));
    assertThat(p.news()).containsExactly("a ejected: a request failed: status 500 (for 1500 ms)");
    p.advance(Duration.ofMillis(1_500));
    assertThat(p.open()).isEqualTo("ab");
  }

  @Test
  void clientsThatLeaveEjectNobody() {
    var p = JudgedPool.of(Rules.EJECTING, 2);
    p.requests("a", Ending.cancelled(), 100);
    assertThat(p.open()).isEqualTo("ab");
    assertThat(p.news()).isEmpty();
  }

  @Test
  void noMoreThanItsPartOfAPoolIsEjected() {
    var p = JudgedPool.of(Rules.EJECTING, 5);
    for (String each : List.of("a", "b", "c", "d", "e")) {
      p.requests(each, Ending.reset(), 3);
    }
    assertThat(p.open()).isEqualTo("cde");
    p.advance(TEN);
    p.request("c", Ending.reset());
    assertThat(p.open()).as("c failed again when there was room").isEqualTo("abde");
  }

  @Test
  void aPoolOfOneIsNeverEjectedNorIsTheLastOneLeft() {
    var all = Rules.NONE.with(new Passive(1, TEN, 100, false));
    var one = JudgedPool.of(all, 1);
    one.requests("a", Ending.reset(), 50);
    assertThat(one.open()).isEqualTo("a");
    var two = JudgedPool.of(all, 3);
    two.pool.setWell(two.upstream("b"), false);
    two.request("a", Ending.reset());
    two.request("c", Ending.reset());
    assertThat(two.open()).isEqualTo("c");
  }

  @Test
  void whoIsEjectedServesBeforeNobodyDoes() {
    var p = JudgedPool.of(Rules.EJECTING, 2);
    p.requests("a", Ending.reset(), 3);
    p.pool.setWell(p.upstream("b"), false);
    assertThat(p.open()).isEqualTo("a");
    p.pool.setWell(p.upstream("a"), false);
    assertThat(p.open()).isEmpty();
  }

  @Test
  void whoseBreakerIsOpenServesNotEvenBeforeNobodyDoes() {
    var p = JudgedPool.of(Rules.EJECTING.with(new Breaker(50, TEN)), 2);
    List<Lease> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(p.lend("a"));
    }
    many.forEach(each -> each.close(Ending.reset()));
    p.pool.setWell(p.upstream("b"), false);
    assertThat(p.open()).isEmpty();
    assertThat(p.pool.lend(RequestKey.ANY, Set.of())).isNull();
    p.advance(TEN);
    assertThat(p.open()).as("one may try").isEqualTo("a");
  }

  @Test
  void aBackupThatIsEjectedServesBeforeNobodyDoes() {
    var a = new Upstream("a", URI.create("http://a.test"), 1);
    var p =
        new JudgedPool(Rules.EJECTING, List.of(a, Upstreams.backup("b"), Upstreams.backup("c")));
    p.pool.setWell(a, false);
    p.requests("b", Ending.reset(), 3);
    assertThat(p.open()).isEqualTo("c");
    p.pool.setWell(p.upstream("c"), false);
    assertThat(p.open()).isEqualTo("b");
    p.pool.setWell(a, true);
    assertThat(p.open()).isEqualTo("a");
  }

  @Test
  void anEjectionForConnectsEndsWithTheNextGoodCheck() {
    var p = JudgedPool.of(Rules.EJECTING, 2);
    p.requests("a", Ending.connectFailed(), 3);
    long out = p.nanos();
    p.advance(Duration.ofSeconds(5));
    p.pool.checked(p.upstream("a"), out - 1, NEVER);
    p.pool.checked(p.upstream("b"), out + 9, OptionalLong.of(out + 8));
    assertThat(p.open()).as("a check from before").isEqualTo("b");
    p.pool.checked(p.upstream("a"), out, NEVER);
    assertThat(p.open()).isEqualTo("ab");
    assertThat(p.news().get(1)).isEqualTo("a back: its checks succeed");
  }

  @Test
  void anotherEjectionEndsWithAGoodCheckOnlyIfChecksHadFailed() {
    var p = JudgedPool.of(Rules.EJECTING, 2);
    p.requests("a", Ending.reset(), 3);
    long out = p.nanos();
    p.advance(Duration.ofSeconds(5));
    p.pool.checked(p.upstream("a"), out + 2, NEVER);
    p.pool.checked(p.upstream("a"), out + 2, OptionalLong.of(out - 1));
    assertThat(p.open()).as("they failed before").isEqualTo("b");
    p.pool.checked(p.upstream("a"), out + 2, OptionalLong.of(out + 1));
    assertThat(p.open()).isEqualTo("ab");
  }

  @Test
  void whoComesBackByItsChecksHasNothingHeldAgainstIt() {
    var p = JudgedPool.of(Rules.EJECTING.with(new Breaker(50, TEN)), 2);
    p.requests("a", Ending.reset(), 3);
    p.pool.setWell(p.upstream("a"), false);
    assertThat(p.state("a").kind()).isEqualTo(Kind.UNREACHABLE);
    p.pool.setWell(p.upstream("a"), true);
    assertThat(p.open()).isEqualTo("ab");
    assertThat(p.state("a").kind()).isEqualTo(Kind.AVAILABLE);
    assertThat(p.news()).hasSize(2).last().isEqualTo("a back: its checks succeed");
    for (int i = 0; i < 10; i++) {
      p.request("b", GOOD);
      p.request("b", Ending.reset());
    }
    assertThat(p.open()).isEqualTo("a");
    p.pool.setWell(p.upstream("b"), false);
    p.pool.setWell(p.upstream("b"), true);
    assertThat(p.open()).isEqualTo("ab");
    assertThat(p.news()).last().isEqualTo("b breaker closed: its checks succeed again");
  }

  @Test
  void theBreakerOpensTriesAndCloses() {
    var p = JudgedPool.of(Rules.NONE.with(new Breaker(50, TEN)), 2);
    p.requests("a", GOOD, 10);
    p.requests("a", Ending.reset(), 9);
    assertThat(p.open()).isEqualTo("ab");
    p.request("a", Ending.reset());
    assertThat(p.open()).isEqualTo("b");
    assertThat(p.state("a").kind()).isEqualTo(Kind.BREAKER_OPEN);
    p.advance(TEN);
    assertThat(p.state("a").kind()).isEqualTo(Kind.BREAKER_HALF_OPEN);

    Lease cancelled = p.lend("a");
    assertThat(p.tryLend("a")).as("one at a time").isNull();
    cancelled.close(Ending.cancelled());
    p.request("a", Ending.reset());
    assertThat(p.open()).isEqualTo("b");
    p.advance(TEN);
    p.request("a", GOOD);
    assertThat(p.open()).isEqualTo("ab");
    assertThat(p.news())
        .containsExactly(
            "a breaker open: 10 of 20 requests in 10 s failed",
            "a breaker half-open: one request may try",
            "a breaker open: the try failed: broken off",
            "a breaker half-open: one request may try",
            "a breaker closed: the try went well");
    p.requests("a", Ending.reset(), 19);
    assertThat(p.open()).as("counts anew").isEqualTo("ab");
  }

  @Test
  void whoseBreakerClosesStartsSlowly() {
    var p = JudgedPool.of(Rules.NONE.with(new Breaker(50, TEN)).slowly(TEN), 2);
    p.requests("a", Ending.reset(), 20);
    p.advance(TEN);
    p.request("a", GOOD);
    assertThat(p.state("a").kind()).isEqualTo(Kind.WARMING_UP);
  }

  @Test
  void whatWasUnderWayWhenTheBreakerOpenedDecidesNothing() {
    var p = JudgedPool.of(Rules.NONE.with(new Breaker(50, TEN)), 2);
    Lease before = p.lend("a");
    p.requests("a", Ending.reset(), 20);
    p.advance(TEN);
    before.close(Ending.reset());
    assertThat(p.state("a").kind()).isEqualTo(Kind.BREAKER_HALF_OPEN);
  }

  @Test
  void aTryThatTakesTooLongIsFollowedByAnother() {
    var p = JudgedPool.of(Rules.NONE.with(new Breaker(50, TEN)), 2);
    p.requests("a", Ending.reset(), 20);
    p.advance(TEN);
    Lease endless = p.lend("a");
    p.advance(TEN);
    p.request("a", GOOD);
    assertThat(p.state("a").kind()).isEqualTo(Kind.AVAILABLE);
    endless.close(Ending.reset());
    assertThat(p.state("a").kind()).isEqualTo(Kind.AVAILABLE);
  }

  @Test
  void onlyTheTryOfNowDecides() {
    var p = JudgedPool.of(Rules.NONE.with(new Breaker(50, TEN)), 2);
    p.requests("a", Ending.reset(), 20);
    p.advance(TEN);
    Lease stale = p.lend("a");
    p.advance(TEN);
    p.request("a", Ending.reset());
    p.advance(TEN);
    assertThat(p.state("a").kind()).isEqualTo(Kind.BREAKER_HALF_OPEN);
    stale.close(GOOD);
    assertThat(p.state("a").kind()).as("a try of before").isEqualTo(Kind.BREAKER_HALF_OPEN);
    p.request("a", GOOD);
    assertThat(p.state("a").kind()).isEqualTo(Kind.AVAILABLE);
  }

  @Test
  void aTryThatIsFollowedByAnotherFailsForNobody() {
    var p = JudgedPool.of(Rules.NONE.with(new Breaker(50, TEN)), 2);
    p.requests("a", Ending.reset(), 20);
    p.advance(TEN);
    Lease failing = p.lend("a");
    p.advance(TEN);
    Lease leaving = p.lend("a");
    p.advance(TEN);
    Lease now = p.lend("a");
    failing.close(Ending.reset());
    assertThat(p.state("a").kind()).isEqualTo(Kind.BREAKER_HALF_OPEN);
    leaving.close(Ending.cancelled());
    assertThat(p.tryLend("a")).as("one at a time").isNull();
    now.close(Ending.cancelled());
    p.request("a", GOOD);
    assertThat(p.state("a").kind()).isEqualTo(Kind.AVAILABLE);
  }

  @Test
  void whatWasLentBeforeTheBreakerOpenedDoesNotOpenItAgain() {
    var p = JudgedPool.of(Rules.NONE.with(new Breaker(50, TEN)), 2);
    List<Lease> before = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      before.add(p.lend("a"));
    }
    p.requests("a", Ending.reset(), 20);
    p.advance(TEN);
    p.request("a", GOOD);
    before.forEach(each -> each.close(Ending.reset()));
    assertThat(p.state("a").kind()).isEqualTo(Kind.AVAILABLE);
    p.requests("a", Ending.reset(), 20);
    assertThat(p.state("a").kind()).isEqualTo(Kind.BREAKER_OPEN);
  }

  @Test
  void theShareOfWhoComesBackGrowsInTenSteps() {
    var p = JudgedPool.of(Rules.NONE.slowly(Duration.ofSeconds(9)), 2);
    p.pool.setWell(p.upstream("a"), false);
    p.pool.setWell(p.upstream("a"), true);
    List<Integer> percents = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      percents.add(p.candidate("a").weightPercent());
      if (i == 0) {
        assertThat(p.state("a")).isEqualTo(new Standing(Kind.WARMING_UP, "10 % of its weight"));
        assertThat(share(p)).isEqualTo(10); // one of eleven
      }
      p.advance(Duration.ofSeconds(1));
    }
    assertThat(percents).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    assertThat(share(p)).isEqualTo(55);
  }

  @Test
  void theShareGrowsAfterAnEjectionToo() {
    var p = JudgedPool.of(Rules.EJECTING.slowly(Duration.ofSeconds(9)), 2);
    p.requests("a", Ending.reset(), 3);
    p.advance(TEN);
    assertThat(p.state("a").kind()).isEqualTo(Kind.WARMING_UP);
    assertThat(p.candidate("a").weightPercent()).isEqualTo(10);
    assertThat(Fitness.percent(TEN, -1)).isEqualTo(10);
  }

  /** Of 110 requests. */
  private static long share(JudgedPool p) {
    long before = p.candidate("a").served();
    for (int i = 0; i < 110; i++) {
      Upstreams.lend(p.pool, RequestKey.ANY).close(GOOD);
    }
    return p.candidate("a").served() - before;
  }

  @Test
  void withTooFewLeftAllGetRequests() {
    var p = JudgedPool.of(Rules.NONE.panicBelow(50), 4);
    p.pool.setWell(p.upstream("a"), false);
    p.pool.setWell(p.upstream("b"), false);
    assertThat(p.open()).isEqualTo("cd");
    p.pool.setWell(p.upstream("c"), false);
    assertThat(p.open()).isEqualTo("abcd");
    p.pool.setMode(p.candidate("b"), Mode.DISABLED);
    assertThat(p.open()).isEqualTo("acd");
    p.pool.setWell(p.upstream("c"), true);
    assertThat(p.open()).isEqualTo("cd");
    assertThat(p.news())
        .containsExactly(
            "panic on: 1 of 4 backends is available; all of them get requests",
            "panic off: 2 of 3 backends are available");
  }

  @Test
  void noPanicWhereBackupsCanDoAllTheWork() {
    var a = new Upstream("a", URI.create("http://a.test"), 1);
    var b = Upstream.of(new Backend("b", URI.create("http://b.test"), 1, true));
    var p = new JudgedPool(Rules.NONE.panicBelow(50), List.of(a, b));
    assertThat(p.open()).isEqualTo("a");
    p.pool.setWell(a, false);
    assertThat(p.open()).isEqualTo("b");
    p.pool.setWell(b, false);
    assertThat(p.open()).isEqualTo("a");
  }

  @Test
  void anOperatorsWishIsShownFirst() {
    var p = JudgedPool.of(Rules.EJECTING, 2);
    p.requests("a", Ending.reset(), 3);
    p.pool.setMode(p.candidate("a"), Mode.DRAINING);
    assertThat(p.state("a")).isEqualTo(new Standing(Kind.DRAINING, "0 in flight"));
    p.pool.setMode(p.candidate("a"), Mode.DISABLED);
    assertThat(p.state("a").word()).isEqualTo("disabled");
  }

  @Test
  void aFullOneStaysToBeTried() {
    var full = Pools.pool("p", Upstreams.weighted(1), new RoundRobin(), Upstreams.atMost(0));
    assertThat(full.lend(RequestKey.ANY, Set.of())).isNull();
    Fitness fitness = full.candidates().get(0).fitness();
    fitness.set(new Circuit(Circuit.State.HALF_OPEN, 0));
    assertThat(full.lend(RequestKey.ANY, Set.of())).isNull();
    assertThat(fitness.admit()).isNotNull();
    assertThat(fitness.admit()).as("one at a time").isNull();
  }

  @Test
  void whatIsConfiguredAnewKeepsWhatIsKnown() {
    var p = JudgedPool.of(Rules.EJECTING, 3);
    p.requests("a", Ending.reset(), 3);
    Candidate a = p.candidate("a");
    Candidate b = p.candidate("b");
    p.pool.setWeight(a, 7);
    p.pool.setMode(b, Mode.DRAINING);
    var heavier = Upstream.of(new Backend("b", URI.create("http://b.test"), 4, true));
    var moved = new Upstream("c", URI.create("http://elsewhere.test"), 1);
    p.pool.replace(List.of(Upstreams.weighted(1).get(0), heavier, moved));
    assertThat(p.pool.candidates()).hasSize(3).startsWith(a, b);
    assertThat(a.failed()).isEqualTo(3);
    assertThat(a.weight()).isEqualTo(7);
    assertThat(p.state("a").kind()).isEqualTo(Kind.EJECTED);
    assertThat(b.weight()).isEqualTo(4);
    assertThat(b.configuredWeight()).isEqualTo(4);
    assertThat(b.isBackup()).isTrue();
    assertThat(b.mode()).isEqualTo(Mode.DRAINING);
    assertThat(p.candidate("c").upstream()).isSameAs(moved);
    p.pool.replace(List.of(moved));
    assertThat(p.pool.candidates()).extracting(Candidate::upstream).containsExactly(moved);
    a.configure(new Upstream("a", URI.create("http://a.test"), 2));
    assertThat(a.weight()).isEqualTo(2);
  }

  @Test
  void theLastOneIsNotEjectedForRequestsFromBeforeItsIdChanged() {
    var all = Rules.NONE.with(new Passive(1, TEN, 100, false));
    var p = JudgedPool.of(all, 2);
    Lease before = p.lend("a");
    Upstream renamed = p.upstream("a").at("a2", Whereabouts.OF_URL);
    p.pool.replace(List.of(renamed));
    before.close(Ending.reset());
    assertThat(p.pool.isAvailable(renamed)).isTrue();
    assertThat(p.candidate("a2").state(p.nanos()).kind()).isEqualTo(Kind.AVAILABLE);
  }

  @Test
  void whatIsToldOfARequestFromBeforeIsToldOfTheNewId() {
    var p = JudgedPool.of(Rules.NONE.with(new Passive(1, TEN, 50, false)), 2);
    Lease before = p.lend("a");
    p.pool.replace(List.of(p.upstream("a").at("a2", Whereabouts.OF_URL), p.upstream("b")));
    before.close(Ending.reset());
    assertThat(p.news()).singleElement().asString().startsWith("a2 ejected");
  }

  @RepeatedTest(60)
  void whateverHappensMostStayInAndAllComeBack(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    int size = 1 + random.nextInt(8);
    int most = random.nextInt(101);
    Passive passive = new Passive(1 + random.nextInt(3), TEN, most, false);
    var p = JudgedPool.of(Rules.NONE.with(passive), size);
    for (int i = 0; i < 300; i++) {
      String id = String.valueOf((char) ('a' + random.nextInt(size)));
      Lease lease = p.tryLend(id);
      if (lease != null) {
        lease.close(random.nextInt(4) == 0 ? GOOD : Ending.reset());
      }
      p.advance(Duration.ofMillis(random.nextInt(300)));
      long out = p.pool.candidates().stream().filter(c -> c.fitness().ejection().out()).count();
      assertThat(out * 100).isLessThanOrEqualTo((long) most * size);
      assertThat(p.open()).isNotEmpty();
    }
    p.advance(TEN.multipliedBy(10));
    assertThat(p.open()).hasSize(size);
  }
}
