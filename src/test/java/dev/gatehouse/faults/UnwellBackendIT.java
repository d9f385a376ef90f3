package dev.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import java.time.Duration;
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

/** One backend of three fails its checks, for good or now and then. */
@ArquillianTest
@RunAsClient
@DisplayName("R09, R10: checks fail, backends flap")
final class UnwellBackendIT {
  private static final int UP_MILLIS = 700;

  private static final Trio FAILING = new Trio("r09");
  private static final Trio FLAPPING =
      new Trio("r10", "health.maxFailures", "1", "health.minSuccesses", "3");

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Trio.settings(Map.of(), FAILING, FLAPPING));
  }

  @AfterAll
  static void stop() {
    FAILING.close();
    FLAPPING.close();
  }

  @Test
  void r09ABackendThatFailsItsChecksIsLeftOut() throws Exception {
    try (Load load = FAILING.load(server)) {
      load.goOn(0.2);
      long begin = System.nanoTime();
      FAILING.first().put(Fault.FAILS);
      FAILING.awaitAvailable(2);
      double seconds = (System.nanoTime() - begin) / 1e9;
      load.goOn(0.4);
      long lastThird = System.nanoTime();
      Account account = FAILING.account(load.goOn(0.3));
      account.print(String.format(Locale.ROOT, "left out after %.1f s", seconds));
      account.isHonest();
      account.since(lastThird).failsNoGet().failsAtMost(0);
      if (Scale.hasFigures()) {
        assertThat(seconds).isLessThanOrEqualTo(3 * Trio.HEALTH_INTERVAL_SECONDS + 0.2);
      }
    }
  }

  @Test
  void r10AFlappingBackendCostsNoGetAndStaysOut() throws Exception {
    try (Load load = FLAPPING.load(server)) {
      load.goOn(0.2);
      Member flapping = FLAPPING.first();
      flapping.kill();
      FLAPPING.awaitAvailable(2);
      load.goOn(Duration.ofMillis(UP_MILLIS)); // until a check has seen it, not requests alone
      long before = flapping.requests();
      for (int i = 0; i < 3; i++) { // well for less than three checks
        flapping.comeBack();
        load.goOn(Duration.ofMillis(UP_MILLIS));
        flapping.kill();
        load.goOn(Duration.ofMillis(UP_MILLIS));
      }
      assertThat(flapping.requests()).as("given to it meanwhile").isEqualTo(before);
      flapping.comeBack();
      FLAPPING.awaitAvailable(3);
      FLAPPING.account(load.goOn(0.1)).print("").isHonest().failsNoGet();
    }
  }
}
