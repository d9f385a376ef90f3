package dev.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.RawClient;
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

/** Nobody is there who could answer. */
@ArquillianTest
@RunAsClient
@DisplayName("R11, R12: all backends fail")
final class AllDownIT {
  private static final Trio DOWN = new Trio("r11");
  private static final Trio FAILING =
      new Trio("r12", "health.passive.maxFails", "0", "retry.maxRetries", "1");

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Trio.settings(Map.of(), DOWN, FAILING));
  }

  @AfterAll
  static void stop() {
    DOWN.close();
    FAILING.close();
  }

  @Test
  void r11WithAllDownClientsAreToldAtOnceAndTheFirstOneBackIsUsed() throws Exception {
    try (Load load = DOWN.load(server)) {
      DOWN.members().forEach(Member::kill);
      DOWN.awaitAvailable(0);
      long known = System.nanoTime();
      Account account = DOWN.account(load.goOn(0.5)).isHonest();
      long back = System.nanoTime();
      DOWN.first().comeBack();
      DOWN.awaitAvailable(1); // no client asks meanwhile
      double seconds = (System.nanoTime() - back) / 1e9;
      Account refused = account.since(known);
      refused.print(String.format(Locale.ROOT, "well after %.1f s", seconds));
      assertThat(refused.outcomes())
          .allMatch(each -> each.status() == 503 && !each.detail().contains("no Retry-After"));
      try (RawClient client = RawClient.to(server.http())) {
        assertThat(client.get("/r11/first", Settings.KEY_LINE).status()).isEqualTo(200);
      }
      if (Scale.hasFigures()) {
        assertThat(refused.millisAt(50)).isLessThan(100);
        assertThat(seconds).isLessThanOrEqualTo(10);
      }
    }
  }

  @Test
  void r12WhenEverythingFailsRetriesDoNotMakeItWorse() throws Exception {
    FAILING.members().forEach(each -> each.put(Fault.NONE));
    try (Load load = FAILING.load(server)) {
      FAILING.members().forEach(each -> each.put(Fault.RESETS_UNANSWERED));
      Account account = FAILING.account(load.goOn(1.0)).print("").isHonest();
      // one more, out of the budget, where a pooled connection breaks: once for each connection
      assertThat(account.mostTries()).isLessThanOrEqualTo(3);
      assertThat(account.loadFactor()).isLessThanOrEqualTo(1.2 + 24.0 / account.outcomes().size());
    }
  }
}
