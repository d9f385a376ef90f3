package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.health.Health;
import dev.gatehouse.health.HealthChecker;
import dev.gatehouse.health.ProbeResult;
import dev.gatehouse.health.Watch;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PoolMembersTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void whoStaysIsKeptWhoComesIsCheckedWhoGoesIsNot() {
    PoolConfig before = config("p", "a", "b");
    var pool =
        new UpstreamPool(
            "p", before.backends().stream().map(Upstream::of).toList(), new RoundRobin());
    Set<String> checked = ConcurrentHashMap.newKeySet();
    Watch watch =
        new Watch(
            pool,
            Pools.health("/", HOUR, HOUR, 3, 1),
            (upstream, done) -> {
              checked.add(upstream.id());
              done.accept(new ProbeResult(true, "fine", Duration.ZERO));
            });
    try (var health =
        new HealthChecker(
            List.of(watch), System::nanoTime, () -> Instant.EPOCH, new Random(1), List.of())) {
      health.start();
      Await.until("both are checked", () -> checked.size() == 2);
      var members = new PoolMembers(List.of(pool), health, List.of(before));
      Candidate a = pool.candidate("a").orElseThrow();
      Candidate b = pool.candidate("b").orElseThrow();
      pool.add(new Upstream("operators", URI.create("http://127.0.0.1:9"), 1));

      assertThat(members.take(List.of(config("p", "a", "b"), config("new", "x"))))
          .containsOnly("p");
      assertThat(pool.candidates()).as("nothing is new for it").hasSize(3).startsWith(a, b);

      assertThat(members.take(List.of(config("p", "c", "a")))).containsOnly("p");
      assertThat(pool.candidates()).hasSize(2).last().isSameAs(a);
      Await.until("the new one is checked", () -> checked.contains("c"));
      assertThat(health.healthOf(b.upstream()).state()).isEqualTo(Health.State.NOT_INITIATED);
      assertThat(members.take(List.of())).isEmpty();
      assertThat(pool.candidates()).hasSize(2);
    }
  }

  private static PoolConfig config(String id, String... backends) {
    PoolConfig usual = Pools.ejecting(id, 0, HOUR);
    return new PoolConfig(
        id,
        Stream.of(backends)
            .map(
                each ->
                    new PoolConfig.Backend(
                        each, URI.create("http://127.0.0.1:" + (int) each.charAt(0)), 1, false))
            .toList(),
        usual.balance(),
        usual.health(),
        usual.passive(),
        usual.breaker(),
        usual.retry(),
        usual.limits());
  }
}
