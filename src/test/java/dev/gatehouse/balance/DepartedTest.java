package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Pools;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a pool remembers of those that have left it. */
class DepartedTest {
  private static final Upstream NAME = new Upstream("n", URI.create("http://n.test"), 2);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10); // it may overflow
  private final Bounds bounds = new Bounds(100, false, 0, Duration.ZERO, Runnable::run, nanos::get);
  private final Upstream a = Upstreams.weighted(1).get(0);
  private final UpstreamPool pool =
      Pools.pool("p", List.of(at(1), at(2), a), new RoundRobin(), bounds);
  private final Candidate one = candidate("n@1");

  @Test
  void whoReturnsIsTheSameWithAllThatItDoes() {
    one.fitness().set(new Circuit(Circuit.State.OPEN, 0));
    Lease lease = Upstreams.lend(pool, new RequestKey("", "n@2", 0));
    Candidate two = candidate("n@2");
    pool.replace(List.of(at(3), a));
    pool.replace(List.of(at(1), at(2), a));
    assertThat(pool.candidates()).startsWith(one, two);
    assertThat(pool.isAvailable(one.upstream())).isFalse();
    assertThat(two.inFlight()).isEqualTo(1);
    lease.close(Ending.cancelled());
    assertThat(two.inFlight()).isZero();
  }

  @Test
  void whoReturnsUnderAnotherIdSharesWhatItWas() {
    pool.setWell(one.upstream(), false);
    pool.setWeight(one, 9);
    pool.replace(List.of(at(2), a));
    Upstream renamed = at(1).at("n", at(1).whereabouts());
    pool.replace(List.of(renamed, a));
    Candidate back = candidate("n");
    assertThat(back.fitness()).isSameAs(one.fitness());
    assertThat(back.former()).isSameAs(one.upstream());
    assertThat(back.isWell()).isFalse();
    assertThat(back.weight()).isEqualTo(9);
    assertThat(back.configuredWeight()).isEqualTo(2);
  }

  @Test
  void itIsForgottenAfterTenMinutes() {
    pool.replace(List.of(at(2), a));
    nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
    pool.replace(List.of(at(1), at(2), a));
    assertThat(candidate("n@1")).isSameAs(one);
    pool.replace(List.of(at(2), a));
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    pool.replace(List.of(at(1), at(2), a));
    assertThat(candidate("n@1")).isNotSameAs(one);
  }

  @Test
  void noMoreThanSoManyAreRemembered() {
    Candidate two = candidate("n@2");
    pool.replace(List.of(at(2), a));
    List<Upstream> many = new ArrayList<>(List.of(a));
    for (int i = 3; i < 3 + 63; i++) {
      many.add(at(i));
    }
    pool.replace(many);
    pool.replace(List.of(a));
    pool.replace(List.of(at(1), at(2), a));
    assertThat(candidate("n@1")).as("the oldest").isNotSameAs(one);
    assertThat(candidate("n@2")).isSameAs(two);
  }

  @Test
  void whatTheNameIsWantedForMeanwhileIsWantedOfWhoReturnsToo() {
    pool.replace(List.of(at(2), a));
    pool.setMode(candidate("n@2"), Mode.DRAINING);
    pool.replace(List.of(at(1), at(2), a));
    assertThat(one.mode()).isEqualTo(Mode.DRAINING);
  }

  @Test
  void nobodyIsHeldBackByANameThatMeansNothing() {
    Upstream nowhere = NAME.at("n", Whereabouts.UNKNOWN);
    pool.replace(List.of(nowhere, a));
    pool.replace(List.of(at(1), a));
    assertThat(candidate("n@1")).isSameAs(one);
    assertThat(one.isWell()).isTrue();
  }

  @Test
  void twoThatAreOneServerAreNotMixedUp() {
    Upstream b = a.at("b", a.whereabouts());
    pool.replace(List.of(a, b));
    Candidate first = candidate("a");
    Candidate second = candidate("b");
    pool.replace(List.of(b, a));
    assertThat(pool.candidates()).containsExactly(second, first);
    assertThat(first.isSameServer(second)).isFalse();
  }

  private Candidate candidate(String id) {
    return pool.candidate(id).orElseThrow();
  }

  private static Upstream at(int number) {
    try {
      byte[] address = {10, 0, 0, (byte) number};
      var there = Whereabouts.at(InetAddress.getByAddress("n.test", address));
      return NAME.at("n@" + number, there);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
