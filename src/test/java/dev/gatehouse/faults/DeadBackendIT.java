package dev.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.testkit.Await;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Processes of backends end, at once or in good order, while users ask. */
@ArquillianTest
@RunAsClient
@DisplayName("R01 to R03: backends die and come back")
final class DeadBackendIT {
  private static final Trio KILLED = new Trio("r01");
  private static final Trio ABRUPT = new Trio("r02-abrupt");
  private static final Trio GRACEFUL = new Trio("r02-graceful");

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Trio.settings(Map.of(), KILLED, ABRUPT, GRACEFUL));
  }

  @AfterAll
  static void stop() {
    KILLED.close();
    ABRUPT.close();
    GRACEFUL.close();
  }

  @Test
  void r01AKilledBackendCostsNoGetAndR03ItIsUsedAgainWhenItIsBack() throws Exception {
    try (Load load = KILLED.load(server)) {
      load.goOn(0.2);
      Member victim = KILLED.first();
      victim.kill();
      load.goOn(0.4);
      long before = victim.requests();
      long back = System.nanoTime();
      victim.comeBack();
      Await.until("it serves again", () -> victim.requests() > before);
      double seconds = (System.nanoTime() - back) / 1e9;
      load.goOn(0.2);
      Account account = KILLED.account(load);
      account.print(String.format(Locale.ROOT, "served again after %.1f s", seconds));
      account.isHonest().failsNoGet().failsAtMost(4);
      if (Scale.hasFigures()) {
        assertThat(seconds).isLessThanOrEqualTo(2 * Trio.HEALTH_INTERVAL_SECONDS + 0.2);
      }
    }
  }

  @Test
  void r02RestartingAllInTurnCostsNoGetAndFewPosts() throws Exception {
    try (Load load = ABRUPT.load(server)) {
      for (Member each : ABRUPT.members()) {
        load.goOn(0.1);
        each.kill();
        load.goOn(0.15);
        each.comeBack();
        ABRUPT.awaitAvailable(3);
      }
      Account account = ABRUPT.account(load.goOn(0.1)).print("");
      account.isHonest().failsNoGet().failsAtMost(account.posts() / 10);
    }
  }

  @Test
  void r02RestartingAllInGoodOrderCostsHardlyAPost() throws Exception {
    try (Load load = GRACEFUL.load(server)) {
      for (Member each : GRACEFUL.members()) {
        load.goOn(0.1);
        each.leave();
        load.goOn(0.1);
        each.kill();
        load.goOn(0.1);
        each.comeBack();
        GRACEFUL.awaitAvailable(3);
      }
      Account account = GRACEFUL.account(load.goOn(0.1)).print("");
      account.isHonest().failsNoGet().failsAtMost(account.posts() / 50);
    }
  }
}
