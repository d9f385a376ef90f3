package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Mode;
import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.DnsConfig;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.Backend;
import dev.gatehouse.dns.Names;
import dev.gatehouse.events.Event;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HealthChecker;
import dev.gatehouse.health.ProbeResult;
import dev.gatehouse.health.Watch;
import dev.gatehouse.members.Membership;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {
  private static final Wish WISH = new Wish("me", "new disk");
  private static final Duration NEVER = Duration.ofDays(1);

  private static final PoolConfig CONFIG =
      Pools.of(
          "shop",
          List.of(
              new Backend("a", URI.create("http://127.0.0.1:8080/x"), 1, false),
              new Backend("b", URI.create("http://127.0.0.1"), 1, false)));

  private final UpstreamPool pool =
      Pools.pool("shop", Membership.atStart(CONFIG), new RoundRobin());
  private final Queue<String> checked = new ConcurrentLinkedQueue<>();
  private final HealthChecker health =
      new HealthChecker(
          List.of(
              new Watch(
                  pool,
                  Pools.health("/", NEVER, NEVER, 1, 1),
                  (upstream, done) -> {
                    checked.add(upstream.id());
                    done.accept(new ProbeResult(true, "200", Duration.ZERO));
                  })),
          () -> 0,
          () -> Instant.EPOCH,
          new Random(1),
          List.of());
  private final EventLog events = new EventLog(() -> Instant.EPOCH);
  private final Membership members =
      new Membership(
          List.of(CONFIG),
          List.of(pool),
          health,
          events,
          new Names(
              (host, done) -> {},
              new DnsConfig(List.of(), NEVER, NEVER, NEVER, List.of()),
              () -> 0));
  private final Operator operator = new Operator(List.of(pool), members, health, events);

  @AfterEach
  void stop() {
    health.close();
  }

  @Test
  void whatIsWantedIsDoneAndCanBeTakenBack() throws Exception {
    assertThat(act("a", Action.DRAIN, "").mode()).isEqualTo(Mode.DRAINING);
    assertThat(pool.isAvailable(pool.candidate("a").orElseThrow().upstream())).isFalse();
    assertThat(act("a", Action.DISABLE, "").mode()).isEqualTo(Mode.DISABLED);
    assertThat(act("a", Action.ENABLE, "").mode()).isEqualTo(Mode.ENABLED);
    assertThat(pool.isAvailable(pool.candidate("a").orElseThrow().upstream())).isTrue();
    assertThat(act("a", Action.WEIGHT, "weight=7").weight()).isEqualTo(7);
  }

  @Test
  void itIsWrittenDownWithWhoAndWhy() throws Exception {
    var unused = act("a", Action.DRAIN, "");
    unused = act("b", Action.WEIGHT, "weight=7");
    unused = operator.act("shop", "b", Action.ENABLE, Form.parse(""), new Wish("you", ""));
    assertThat(events.last())
        .containsExactly(
            new Event(Instant.EPOCH, "shop", "b", "enabled", "no reason given", "you"),
            new Event(Instant.EPOCH, "shop", "b", "weight 7 instead of 1", "new disk", "me"),
            new Event(Instant.EPOCH, "shop", "a", "draining", "new disk", "me"));
  }

  @Test
  void whoIsAddedIsWatchedAndWhoIsRemovedIsNotAnyMore() throws Exception {
    health.start();
    Candidate c = operator.add("shop", Form.parse("url=http://c.test:81&weight=3&backup=on"), WISH);
    assertThat(c.upstream().id()).isEqualTo("c.test:81");
    assertThat(c.weight()).isEqualTo(3);
    assertThat(c.upstream().isBackup()).isTrue();
    Await.until("the first check", () -> checked.contains("c.test:81"));
    Await.until("its result", () -> health.healthOf(c.upstream()).checks() == 1);

    var unused = act("c.test:81", Action.REMOVE, "");
    assertThat(pool.candidates())
        .extracting(each -> each.upstream().id())
        .containsExactly("a", "b");
    assertThat(health.healthOf(c.upstream()).checks()).isZero();
  }

  @Test
  void aCheckIsDoneAtOnce() throws Exception {
    var unused = act("a", Action.CHECK, "");
    Await.until("the check", () -> checked.contains("a"));
  }

  @Test
  void theLastBackendStays() throws Exception {
    var unused = act("a", Action.REMOVE, "");
    assertThat(refusal("b", Action.REMOVE, "").status()).isEqualTo(409);
    assertThat(pool.candidates()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 400 | url=http",
        "weight=3 | 400 | url=http",
        "url=c.test | 422 | must start with http",
        "url=http://c.test&weight=300 | 422 | from 1 to 256",
        "url=http://c.test&weight=1+id%3Dx | 422 | blank",
        "url=http://c.test,http://d.test | 422 | commas",
        "url=http://me:secret@c.test | 422 | no user or password",
        "url=http://c.test&id=%3Cb%3E | 422 | an id is of",
        "url=http://c.test&backup=perhaps | 422 | backup=true",
        "url=http://c.test&id=.. | 422 | an id is of",
        "url=http://c.test&id=a%25 | 422 | an id is of",
        "url=http://c.test&id=a | 409 | this id",
        "url=HTTP://127.0.0.1:8080/x/ | 409 | in the pool already",
      })
  void aBadBackendIsRefusedInPlainWords(String form, int status, String words) {
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> operator.add("shop", Form.parse(form), WISH));
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused).hasMessageContaining(words);
    assertThat(refused.getMessage()).doesNotContain("secret");
    assertThat(pool.candidates()).hasSize(2);
    assertThat(events.last()).isEmpty();
  }

  @Test
  void aWeightMustBeOne() {
    assertThat(refusal("a", Action.WEIGHT, "").status()).isEqualTo(400);
    assertThat(refusal("a", Action.WEIGHT, "weight=0").status()).isEqualTo(422);
    assertThat(refusal("a", Action.WEIGHT, "weight=x").status()).isEqualTo(422);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(refusal("c", Action.DRAIN, "").status()).isEqualTo(404);
    RefusedException noPool =
        catchThrowableOfType(
            RefusedException.class, () -> operator.add("x", Form.parse("url=http://c"), WISH));
    assertThat(noPool.status()).isEqualTo(404);
    assertThat(Action.named("drain")).contains(Action.DRAIN);
    assertThat(Action.named("DRAIN")).isEmpty();
  }

  private Candidate act(String id, Action action, String form) throws RefusedException {
    return operator.act("shop", id, action, Form.parse(form), WISH);
  }

  private RefusedException refusal(String id, Action action, String form) {
    return catchThrowableOfType(RefusedException.class, () -> act(id, action, form));
  }
}
