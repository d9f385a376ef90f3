package dev.gatehouse.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import dev.gatehouse.balance.Mode;
import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.balance.Whereabouts;
import dev.gatehouse.config.Cidr;
import dev.gatehouse.config.DnsConfig;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.Backend;
import dev.gatehouse.dns.Answer;
import dev.gatehouse.dns.Lookup;
import dev.gatehouse.dns.Names;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Backend FIXED = backend("fixed", "http://127.0.0.1:1", 1);

  private static final PoolConfig CONFIG =
      config("p", backend("shop", "http://shop.example:8080/base", 3), FIXED);

  private final UpstreamPool pool = Pools.pool("p", Membership.atStart(CONFIG), new RoundRobin());
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
  private final EventLog events = new EventLog(() -> Instant.EPOCH);
  private final List<Question> asked = new ArrayList<>();
  private final HealthChecker health =
      new HealthChecker(
          List.of(new Watch(pool, Pools.health("/", SECOND, SECOND, 3, 1), (upstream, done) -> {})),
          nanos::get,
          () -> Instant.EPOCH,
          new Random(1),
          List.of());
  private final Membership members = members(List.of());

  private record Question(String host, Consumer<Answer> done) {}

  @AfterEach
  void stop() {
    health.close();
  }

  @Test
  void aNameNotResolvedYetIsAMemberThatGetsNothing() {
    assertThat(ids()).containsExactly("shop", "fixed");
    assertThat(pool.isAvailable(member("shop"))).isFalse();
    assertThat(isNowhere("shop")).isTrue();
    assertThat(isNowhere("fixed")).isFalse();
  }

  @Test
  void theStartWaitsForAnAnswer() {
    Membership quick = members((host, done) -> done.accept(found(1, "10.0.0.1")), List.of());
    quick.start(Duration.ofDays(1));
    assertThat(pool.isAvailable(member("shop"))).isTrue();
    assertThat(address("shop")).isEqualTo("10.0.0.1");
    assertThat(member("shop").basePath()).isEqualTo("/base");
    assertThat(member("shop").weight()).isEqualTo(3);
    assertThat(member("shop").authority()).isEqualTo("shop.example:8080");
  }

  @Test
  void theStartDoesNotWaitForEver() {
    members.start(Duration.ofMillis(1));
    assertThat(asked).hasSize(1);
    assertThat(isNowhere("shop")).isTrue();
  }

  @Test
  void eachAddressIsAMember() {
    answer(found(1, "10.0.0.2", "10.0.0.1"));
    assertThat(ids()).containsExactly("shop@10.0.0.1", "shop@10.0.0.2", "fixed");
    assertThat(address("shop@10.0.0.2")).isEqualTo("10.0.0.2");
  }

  @Test
  void anAnswerThatChangesMovesOnlyWhatChanged() {
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    Upstream stays = member("shop@10.0.0.2");
    wait(1);
    answer(found(1, "10.0.0.2", "10.0.0.3"));
    assertThat(ids()).containsExactly("shop@10.0.0.2", "shop@10.0.0.3", "fixed");
    assertThat(member("shop@10.0.0.2")).isSameAs(stays);
    wait(1);
    answer(found(1, "10.0.0.3"));
    assertThat(ids()).containsExactly("shop", "fixed");
    assertThat(address("shop")).isEqualTo("10.0.0.3");
  }

  @Test
  void aSecondAddressInItsPlaceIsAnotherMemberOfTheSameId() {
    answer(found(1, "10.0.0.1"));
    Upstream before = member("shop");
    wait(1);
    answer(found(1, "10.0.0.2"));
    assertThat(ids()).containsExactly("shop", "fixed");
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
    members.tick();
    assertThat(asked).isEmpty();
    wait(1);
    members.tick();
    members.tick();
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
    wait(700);
    answer(Answer.silent("no answer"));
    wait(1);
    answer(Answer.denied("there is no such name"));
    assertThat(address("shop")).as("denied for the first time").isEqualTo("10.0.0.1");
    wait(600);
    answer(Answer.denied("there is no such name"));
    assertThat(ids()).containsExactly("shop", "fixed");
    assertThat(isNowhere("shop")).isTrue();
    assertThat(pool.isAvailable(member("shop"))).isFalse();
    wait(1);
    answer(found(1, "10.0.0.1"));
    assertThat(pool.isAvailable(member("shop"))).isTrue();
  }

  @Test
  void anAddressThatIsNotAllowedIsRefusedAndToldOnce() {
    Membership strict = members(List.of(Cidr.parse("10.0.0.0/8")));
    for (int i = 0; i < 2; i++) {
      strict.tick();
      asked.remove(0).done().accept(found(1, "10.0.0.1", "169.254.169.254"));
      strict.tick();
      wait(1);
    }
    assertThat(address("shop")).isEqualTo("10.0.0.1");
    assertThat(told()).filteredOn("address refused"::equals).hasSize(1);
  }

  @Test
  void whatAnOperatorHasRemovedDoesNotComeBack() throws Exception {
    answer(found(1, "10.0.0.1"));
    assertThat(members.remove(pool, candidate("shop"))).isTrue();
    wait(1);
    members.tick();
    assertThat(asked).as("nobody needs to know").isEmpty();
    assertThat(ids()).containsExactly("fixed");
  }

  @Test
  void anAddressThatIsRemovedStaysOutUntilThePoolIsConfiguredAnew() throws Exception {
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    assertThat(members.remove(pool, candidate("shop@10.0.0.1"))).isTrue();
    wait(1);
    answer(found(1, "10.0.0.1", "10.0.0.2", "10.0.0.3"));
    assertThat(ids()).containsExactly("shop@10.0.0.2", "shop@10.0.0.3", "fixed");
    wait(1);
    answer(found(1, "10.0.0.1"));
    assertThat(isNowhere("shop")).isTrue();
    wait(1);
    answer(found(1, "10.0.0.2"));
    wait(1);
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    assertThat(ids()).as("also when it was missing").containsExactly("shop@10.0.0.2", "fixed");
    var next = config("p", backend("shop", "http://shop.example:8080/base", 4), FIXED);
    assertThat(members.configure(List.of(next))).containsOnly("p");
    assertThat(ids()).containsExactly("shop@10.0.0.1", "shop@10.0.0.2", "fixed");
  }

  @Test
  void anAddressThatIsMissingFromOneAnswerLosesNothing() {
    answer(found(1, "10.0.0.1", "10.0.0.2", "10.0.0.3"));
    Candidate missing = candidate("shop@10.0.0.1");
    assertThat(members.setMode(pool, missing, Mode.DRAINING)).isTrue();
    assertThat(members.setWeight(pool, missing, 9)).isTrue();
    wait(1);
    answer(found(1, "10.0.0.2", "10.0.0.3"));
    assertThat(pool.candidates()).doesNotContain(missing);
    wait(1);
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    assertThat(candidate("shop@10.0.0.1")).isSameAs(missing);
    assertThat(missing.mode()).isEqualTo(Mode.DRAINING);
    assertThat(missing.weight()).isEqualTo(9);
  }

  @Test
  void whoIsAddedAgainIsWantedAsItIsAdded() throws Exception {
    Backend backend = backend("x", "http://127.0.0.1:9", 2);
    Candidate before = members.add(pool, backend);
    assertThat(members.setMode(pool, before, Mode.DRAINING)).isTrue();
    assertThat(members.setWeight(pool, before, 9)).isTrue();
    assertThat(members.remove(pool, before)).isTrue();
    Candidate added = members.add(pool, backend);
    assertThat(added.mode()).isEqualTo(Mode.ENABLED);
    assertThat(added.weight()).isEqualTo(2);
  }

  @Test
  void whatIsWantedOfAnAddressStaysWhenItsIdChanges() {
    answer(found(1, "10.0.0.1"));
    assertThat(members.setMode(pool, candidate("shop"), Mode.DRAINING)).isTrue();
    assertThat(members.setWeight(pool, candidate("shop"), 9)).isTrue();
    wait(1);
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    for (String id : List.of("shop@10.0.0.1", "shop@10.0.0.2")) {
      assertThat(candidate(id).mode()).as(id).isEqualTo(Mode.DRAINING);
      assertThat(candidate(id).weight()).as(id).isEqualTo(9);
    }
    assertThat(members.setMode(pool, candidate("shop@10.0.0.2"), Mode.ENABLED)).isTrue();
    wait(1);
    answer(found(1, "10.0.0.1", "10.0.0.2", "10.0.0.3"));
    assertThat(candidate("shop@10.0.0.3").mode()).as("not all drain").isEqualTo(Mode.ENABLED);
    assertThat(candidate("shop@10.0.0.1").mode()).isEqualTo(Mode.DRAINING);
  }

  @Test
  void whatAnAddressDoesAndHasDoneStaysWhenItsIdChanges() {
    answer(found(1, "10.0.0.1"));
    pool.setWell(member("fixed"), false);
    Lease before = Objects.requireNonNull(pool.lend(RequestKey.ANY, Set.of()));
    wait(1);
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    Candidate renamed = candidate("shop@10.0.0.1");
    assertThat(renamed.inFlight()).isEqualTo(1);
    before.close(Ending.answered(200, 1));
    assertThat(renamed.inFlight()).isZero();
    assertThat(renamed.served()).isEqualTo(1);
    assertThat(renamed.lent()).isEqualTo(1);
  }

  @Test
  void aUrlThatIsWrittenAnotherWayIsTheSameBackend() throws Exception {
    Candidate fixed = candidate("fixed");
    Candidate added = members.add(pool, backend("x", "http://10.0.0.9", 1));
    assertThat(members.remove(pool, added)).isTrue();
    var next =
        config(
            "p",
            backend("shop", "http://shop.example:8080/base/", 3),
            backend("fixed", "http://127.0.0.1:1/", 1),
            backend("x", "http://10.0.0.9:80", 1));
    assertThat(members.configure(List.of(next))).containsOnly("p");
    assertThat(candidate("fixed")).isSameAs(fixed);
    assertThat(members.remove(pool, fixed)).isTrue();
    assertThat(ids()).containsExactly("shop", "x");
  }

  @Test
  void aNameThatIsAddedIsAskedForAndItsAddressesMustBeAllowed() throws Exception {
    Membership strict = members(List.of(Cidr.parse("10.0.0.0/8")));
    Candidate added = strict.add(pool, backend("new", "http://new.example", 1));
    assertThat(pool.isAvailable(added.upstream())).as("nowhere yet").isFalse();
    strict.tick();
    Question question = asked.get(1);
    assertThat(question.host()).isEqualTo("new.example");
    question.done().accept(found(1, "10.0.0.9", "127.0.0.1"));
    strict.tick();
    assertThat(address("new")).isEqualTo("10.0.0.9");
    Candidate twin = strict.add(pool, backend("twin", "http://new.example:81", 1));
    assertThat(pool.isAvailable(twin.upstream())).as("its name is known").isTrue();
  }

  @Test
  void oneIdAndOneUrlAreOneBackend() {
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    assertThatThrownBy(() -> members.add(pool, backend("shop", "http://127.0.0.1:2", 1)))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("this id");
    assertThatThrownBy(() -> members.add(pool, backend("x", "HTTP://127.0.0.1:1/", 1)))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("URL");
  }

  @Test
  void theLastMemberStaysAndWhoHasLeftIsNotMoved() throws Exception {
    Candidate fixed = candidate("fixed");
    assertThat(members.remove(pool, fixed)).isTrue();
    assertThat(members.remove(pool, fixed)).isFalse();
    assertThat(members.setMode(pool, fixed, Mode.DISABLED)).isFalse();
    assertThat(members.setWeight(pool, fixed, 2)).isFalse();
    assertThat(fixed.mode()).isEqualTo(Mode.ENABLED);
    assertThatThrownBy(() -> members.remove(pool, candidate("shop")))
        .isInstanceOf(ConflictException.class);
    assertThat(ids()).containsExactly("shop");
  }

  @Test
  void aConfigurationThatIsTheSameChangesNothing() throws Exception {
    Candidate added = members.add(pool, backend("operators", "http://127.0.0.1:9", 1));
    assertThat(members.configure(List.of(CONFIG, config("other", FIXED)))).containsOnly("p");
    assertThat(pool.candidates()).hasSize(3).endsWith(added);
    assertThat(members.configure(List.of())).isEmpty();
  }

  @Test
  void aNewConfigurationKeepsWhatItNamesStill() throws Exception {
    answer(found(1, "10.0.0.1", "10.0.0.2"));
    Candidate kept = candidate("shop@10.0.0.2");
    assertThat(members.remove(pool, candidate("shop@10.0.0.1"))).isTrue();
    assertThat(members.setMode(pool, kept, Mode.DRAINING)).isTrue();
    Candidate added = members.add(pool, backend("operators", "http://127.0.0.1:9", 1));
    Backend heavier = backend("shop", "http://shop.example:8080/base", 5);
    var next = config("p", backend("c", "http://127.0.0.1:3", 1), heavier);
    assertThat(members.configure(List.of(next))).containsOnly("p");
    assertThat(ids()).containsExactly("c", "shop@10.0.0.1", "shop@10.0.0.2");
    assertThat(candidate("shop@10.0.0.2")).isSameAs(kept);
    assertThat(kept.weight()).isEqualTo(5);
    assertThat(kept.mode()).isEqualTo(Mode.DRAINING);
    assertThat(health.healthOf(added.upstream()).checks()).isZero();
    wait(1);
    answer(found(1, "10.0.0.2", "10.0.0.3"));
    assertThat(candidate("shop@10.0.0.2")).isSameAs(kept);
    assertThat(kept.weight()).as("DNS does not bring the old one back").isEqualTo(5);
    assertThat(candidate("shop@10.0.0.3").weight()).isEqualTo(5);
  }

  @Test
  void namesThatChangePlacesAreNotForgotten() {
    PoolConfig blue = config("blue", backend("b", "http://blue.example", 1));
    PoolConfig green = config("green", backend("g", "http://green.example", 1));
    List<UpstreamPool> pools =
        Stream.of(blue, green)
            .map(each -> Pools.pool(each.id(), Membership.atStart(each), new RoundRobin()))
            .toList();
    List<Watch> watches =
        pools.stream().map(each -> new Watch(each, health(), (upstream, done) -> {})).toList();
    try (HealthChecker checks =
        new HealthChecker(watches, nanos::get, () -> Instant.EPOCH, new Random(1), List.of())) {
      DnsConfig dns = new DnsConfig(List.of(), SECOND, SECOND, SECOND, List.of());
      Names resolved =
          new Names((host, done) -> done.accept(found(1, "10.0.0.1")), dns, nanos::get);
      Membership both = new Membership(List.of(blue, green), pools, checks, events, resolved);
      both.start(SECOND);
      var swapped =
          List.of(
              config("blue", backend("g", "http://green.example", 1)),
              config("green", backend("b", "http://blue.example", 1)));
      assertThat(both.configure(swapped)).containsExactlyInAnyOrder("blue", "green");
      for (UpstreamPool each : pools) {
        assertThat(each.candidates()).allMatch(Candidate::isWell);
      }
    }
  }

  private static PoolConfig.Health health() {
    return Pools.health("/", SECOND, SECOND, 3, 1);
  }

  @Test
  void aLookupThatThrowsIsAskedAgain() {
    List<String> tries = new ArrayList<>();
    Membership unlucky =
        members(
            (host, done) -> {
              tries.add(host);
              throw new IllegalStateException("no threads left");
            },
            List.of());
    unlucky.tick();
    unlucky.tick();
    wait(1);
    unlucky.tick();
    assertThat(tries).hasSize(2);
    assertThat(told()).contains("unresolved");
  }

  @Test
  void aNameMayNotMeanAnyNumberOfAddresses() {
    String[] many = new String[65];
    for (int i = 0; i < many.length; i++) {
      many[i] = "10.0.0." + (i + 1);
    }
    for (int i = 0; i < 2; i++) {
      answer(found(1, many));
      wait(1);
    }
    assertThat(pool.candidates()).hasSize(65);
    assertThat(pool.candidate("shop@10.0.0.65")).isEmpty();
    assertThat(told()).filteredOn("addresses left out"::equals).hasSize(1);
  }

  private Membership members(List<Cidr> allow) {
    return members((host, done) -> asked.add(new Question(host, done)), allow);
  }

  private Membership members(Lookup lookup, List<Cidr> allow) {
    DnsConfig config =
        new DnsConfig(List.of(), SECOND, Duration.ofMinutes(5), Duration.ofMinutes(10), allow);
    return new Membership(
        List.of(CONFIG), List.of(pool), health, events, new Names(lookup, config, nanos::get));
  }

  private void answer(Answer answer) {
    members.tick();
    asked.remove(0).done().accept(answer);
    members.tick();
  }

  private void wait(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private List<String> ids() {
    return pool.candidates().stream().map(each -> each.upstream().id()).toList();
  }

  private Candidate candidate(String id) {
    return pool.candidate(id).orElseThrow();
  }

  private Upstream member(String id) {
    return candidate(id).upstream();
  }

  private boolean isNowhere(String id) {
    return member(id).whereabouts().equals(Whereabouts.UNKNOWN);
  }

  private String address(String id) {
    return Objects.requireNonNull(member(id).whereabouts().address()).getHostAddress();
  }

  private List<String> told() {
    return events.last().stream().map(Event::what).toList();
  }

  private static Backend backend(String id, String url, int weight) {
    return new Backend(id, URI.create(url), weight, false);
  }

  private static PoolConfig config(String id, Backend... backends) {
    return Pools.of(id, List.of(backends));
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
