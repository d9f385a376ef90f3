package dev.gatehouse.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.Cidr;
import dev.gatehouse.config.DnsConfig;
import dev.gatehouse.events.Event;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HealthChecker;
import dev.gatehouse.health.Watch;
import dev.gatehouse.testkit.Pools;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Upstream byName =
      new Upstream("shop", URI.create("http://shop.example:8080/base"), 3);
  private final Upstream fixed = new Upstream("fixed", URI.create("http://127.0.0.1:1"), 1);
  private final UpstreamPool pool =
      new UpstreamPool(
          "p", List.of(Names.prepared(byName), Names.prepared(fixed)), new RoundRobin());
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
  private final EventLog events = new EventLog(() -> Instant.EPOCH);
  private final List<Consumer<Answer>> asked = new ArrayList<>();
  private final HealthChecker health =
      new HealthChecker(
          List.of(new Watch(pool, Pools.health("/", SECOND, SECOND, 3, 1), (upstream, done) -> {})),
          nanos::get,
          () -> Instant.EPOCH,
          new Random(1),
          List.of());
  private final Names names = names(List.of());

  @AfterEach
  void stop() {
    health.close();
  }

  @Test
  void aNameNotResolvedYetIsAMemberThatGetsNothing() {
    assertThat(ids()).containsExactly("shop", "fixed");
    assertThat(pool.isAvailable(member("shop"))).isFalse();
    assertThat(Names.isPrepared(member("shop"))).isTrue();
    assertThat(Names.isPrepared(member("fixed"))).isFalse();
  }

  @Test
  void theStartWaitsForAnAnswer() {
    Names quick = names((host, done) -> done.accept(found(1, "10.0.0.1")), List.of());
    quick.start(Duration.ofDays(1));
    assertThat(pool.isAvailable(member("shop"))).isTrue();
    assertThat(address("shop")).isEqualTo("10.0.0.1");
    assertThat(member("shop").basePath()).isEqualTo("/base");
    assertThat(member("shop").weight()).isEqualTo(3);
    assertThat(member("shop").authority()).isEqualTo("shop.example:8080");
  }

  @Test
  void theStartDoesNotWaitForEver() {
    names.start(Duration.ofMillis(1));
    assertThat(asked).hasSize(1);
    assertThat(Names.isPrepared(member("shop"))).isTrue();
  }

  @Test
  void eachAddressIsAMember() {
    answer(found(1, "10.0.0.2", "10.0.0.1"));
    assertThat(ids()).containsExactly("fixed", "shop@10.0.0.1", "shop@10.0.0.2");
    assertThat(address("shop@10.0.0.2")).isEqualTo("10.0.0.2");
  }

  @Test
  void anAnswerThatChangesMovesOnlyWhatChanged() {
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    Upstream stays = member("shop@10.0.0.2");
    wait(1);
    answer(found(1, "10.0.0.2", "10.0.0.3"));
    assertThat(ids()).containsExactly("fixed", "shop@10.0.0.2", "shop@10.0.0.3");
    assertThat(member("shop@10.0.0.2")).isSameAs(stays);
    wait(1);
    answer(found(1, "10.0.0.3"));
    assertThat(ids()).containsExactly("fixed", "shop");
    assertThat(address("shop")).isEqualTo("10.0.0.3");
  }

  @Test
  void aSecondAddressInItsPlaceIsAnotherMemberOfTheSameId() {
    answer(found(1, "10.0.0.1"));
    Upstream before = member("shop");
    wait(1);
    answer(found(1, "10.0.0.2"));
    assertThat(ids()).containsExactly("fixed", "shop");
    assertThat(member("shop")).isNotSameAs(before);
    assertThat(address("shop")).isEqualTo("10.0.0.2");
    assertThat(told()).contains("added", "removed");
  }

  @Test
  void aMemberThatGoesAwayFinishesItsRequests() {
    answer(found(1, "10.0.0.1"));
    pool.setWell(member("fixed"), false);
    Candidate gone = pool.candidate("shop").orElseThrow();
    Lease lease = Objects.requireNonNull(pool.lend(RequestKey.ANY, Set.of()));
    wait(1);
    answer(found(1, "10.0.0.2"));
    assertThat(gone.inFlight()).isEqualTo(1);
    lease.close(Ending.answered(200, 1));
    assertThat(gone.inFlight()).isZero();
  }

  @Test
  void itIsAskedAgainWhenTheAnswerIsOldAndNotBefore() {
    answer(found(60, "10.0.0.1"));
    wait(59);
    names.tick();
    assertThat(asked).isEmpty();
    wait(1);
    names.tick();
    names.tick();
    assertThat(asked).as("one question at a time").hasSize(1);
  }

  @Test
  void aFailureKeepsTheLastAddressesAndIsToldOnce() {
    answer(found(1, "10.0.0.1"));
    Upstream known = member("shop");
    for (int i = 0; i < 3; i++) {
      wait(1);
      answer(Answer.silent("no answer"));
    }
    assertThat(member("shop")).isSameAs(known);
    assertThat(told()).filteredOn("unresolved"::equals).hasSize(1);
  }

  @Test
  void aDeniedNameIsUnreachableInTheEnd() {
    answer(found(1, "10.0.0.1"));
    wait(600);
    answer(Answer.denied("there is no such name"));
    assertThat(ids()).containsExactly("fixed", "shop");
    assertThat(Names.isPrepared(member("shop"))).isTrue();
    assertThat(pool.isAvailable(member("shop"))).isFalse();
    wait(1);
    answer(found(1, "10.0.0.1"));
    assertThat(pool.isAvailable(member("shop"))).isTrue();
  }

  @Test
  void anAddressThatIsNotAllowedIsRefusedAndToldOnce() {
    Names strict = names(List.of(Cidr.parse("10.0.0.0/8")));
    for (int i = 0; i < 2; i++) {
      strict.tick();
      asked.remove(0).accept(found(1, "10.0.0.1", "169.254.169.254"));
      strict.tick();
      wait(1);
    }
    assertThat(address("shop")).isEqualTo("10.0.0.1");
    assertThat(told()).filteredOn("address refused"::equals).hasSize(1);
  }

  @Test
  void whatAnOperatorHasRemovedDoesNotComeBack() {
    answer(found(1, "10.0.0.1"));
    pool.remove(pool.candidate("shop").orElseThrow());
    wait(1);
    answer(found(1, "10.0.0.2"));
    assertThat(ids()).containsExactly("fixed");
  }

  private Names names(List<Cidr> allow) {
    return names((host, done) -> asked.add(done), allow);
  }

  private Names names(Lookup lookup, List<Cidr> allow) {
    DnsConfig config =
        new DnsConfig(List.of(), SECOND, Duration.ofMinutes(5), Duration.ofMinutes(10), allow);
    return new Names(List.of(pool), health, events, lookup, config, nanos::get);
  }

  private void answer(Answer answer) {
    names.tick();
    asked.remove(0).accept(answer);
    names.tick();
  }

  private void wait(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private List<String> ids() {
    return pool.candidates().stream().map(each -> each.upstream().id()).toList();
  }

  private Upstream member(String id) {
    return pool.candidate(id).orElseThrow().upstream();
  }

  private String address(String id) {
    return Objects.requireNonNull(member(id).whereabouts().address()).getHostAddress();
  }

  private List<String> told() {
    return events.last().stream().map(Event::what).toList();
  }

  private static Answer found(int ttl, String... literals) {
    List<InetAddress> addresses = new ArrayList<>();
    for (String each : literals) {
      try {
        addresses.add(InetAddress.getByName(each));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(each, e);
      }
    }
    return Answer.found(addresses, Duration.ofSeconds(ttl));
  }
}
