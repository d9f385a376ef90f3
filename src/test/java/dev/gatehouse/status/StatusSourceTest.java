package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.RoundRobin;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HealthChecker;
import dev.gatehouse.metrics.Metrics;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusSourceTest {
  private static final URI URL = URI.create("http://a.test");

  private final UpstreamPool pool =
      Pools.pool("p", List.of(new Upstream("a", URL, 2)), new RoundRobin());
  private final Candidate candidate = pool.candidates().get(0);
  private final HealthChecker health =
      new HealthChecker(List.of(), () -> 0, () -> Instant.EPOCH, new Random(1), List.of());
  private final StatusSource source =
      new StatusSource(
          new StatusSource.About("", "", "", "", false, List.of()),
          List.of(),
          health,
          new Metrics(() -> 0),
          new EventLog(() -> Instant.EPOCH),
          Optional.empty(),
          () -> 0,
          () -> Instant.EPOCH);

  @AfterEach
  void stop() {
    health.close();
  }

  @Test
  void theConfiguredWeightIsThatOfNow() {
    pool.setWeight(candidate, 9);
    assertThat(source.backend(candidate).configuredWeight()).isEqualTo(2);
    pool.replace(List.of(new Upstream("a", URL, 5)));
    assertThat(source.backend(candidate).configuredWeight()).isEqualTo(5);
  }

  @Test
  void whoFailsIsNotBlamedForWhatWasGivenUp() {
    for (Ending each :
        List.of(Ending.connectFailed(), Ending.reset(), Ending.timedOut(), Ending.cancelled())) {
      Lease lease = Objects.requireNonNull(pool.lend(RequestKey.ANY, Set.of()));
      lease.close(each);
    }
    StatusReport.Backend backend = source.backend(candidate);
    assertThat(backend.failedRequests())
        .isEqualTo(backend.connectFailures() + backend.resets() + backend.timeouts())
        .isEqualTo(3);
    assertThat(backend.cancelled()).isEqualTo(1);
    assertThat(backend.chosen()).isEqualTo(4);
  }
}
