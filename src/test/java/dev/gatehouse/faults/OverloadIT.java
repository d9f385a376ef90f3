package dev.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ten times what the backends can do. */
@ArquillianTest
@RunAsClient
@DisplayName("R25: overload")
final class OverloadIT {
  private static final int AT_A_TIME = 4;

  /** Hundreds of threads and connections take their time on the clients' side. */
  private static final long CLIENTS_START_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Trio OVERLOADED =
      new Trio(
          "r25",
          "limit.maxInFlight",
          Integer.toString(AT_A_TIME),
          "queue.maxRequests",
          "8",
          "queue.timeout",
          "500ms");

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Trio.settings(Map.of(), OVERLOADED));
  }

  @AfterAll
  static void stop() {
    OVERLOADED.close();
  }

  @Test
  void r25TenTimesTheCapacityIsServedInPartAndRefusedInPart() throws Exception {
    int port = server.http().getPort();
    double capacity = 3 * AT_A_TIME * 1e9 / Fault.SLOW_NANOS;
    OVERLOADED.members().forEach(each -> each.put(Fault.SLOW));
    long begin;
    Account account;
    int perSecond = (int) (10 * capacity);
    int clients = perSecond; // so many that none is still waiting when its next request is due
    try (Load load = OVERLOADED.load(Load.Plan.of(port, "r25", clients, perSecond))) {
      begin = load.began();
      account = OVERLOADED.account(load.goOn(1.5));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double served =
        (account.outcomes().size() - account.failed(each -> true).size()) / seconds / capacity;
    List<Outcome> refused = account.failed(each -> true);
    account.print(String.format(Locale.ROOT, "%.0f %% of the capacity served", 100 * served));
    account.isHonest();
    assertThat(OVERLOADED.members()).allMatch(each -> each.mostWorking() <= AT_A_TIME);
    assertThat(refused).as("more than the backends can do").isNotEmpty();
    assertThat(refused)
        .allMatch(each -> each.status() == 503 && !each.detail().contains("no Retry-After"));
    if (Scale.hasFigures()) {
      assertThat(served).isGreaterThanOrEqualTo(0.8);
      long settled = begin + CLIENTS_START_NANOS;
      assertThat(refused)
          .allMatch(each -> each.micros() < 1_000_000 || each.dueNanos() - settled < 0);
    }
    OVERLOADED.members().forEach(each -> each.put(Fault.NONE));
    try (Load load = OVERLOADED.load(server)) {
      OVERLOADED.account(load.goOn(0.3)).print("afterwards").failsNoGet().failsAtMost(0);
    }
  }
}
