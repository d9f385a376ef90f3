package dev.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections to one backend are refused, reset, swallowed or gone when they are needed. */
@ArquillianTest
@RunAsClient
@DisplayName("R04, R05, R08: connections fail")
final class BrokenConnectionIT {
  private static final String CONNECT = Scale.of("1s", "2s");

  private static final Trio REFUSING = new Trio("r04-refuse");
  private static final Trio RESETTING = new Trio("r04-reset");
  private static final Trio CLOSING = new Trio("r04-close");
  private static final Trio UNANSWERED = new Trio("r04-unanswered");
  private static final Trio BLACK_HOLE = new Trio("r05");
  private static final Trio HALF_OPEN = new Trio("half-open", "retry.on", "connect,reset,timeout");
  private static final Trio STALE = new Trio("r08");

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(
        Trio.settings(
            Map.of(
                "proxy.upstream.connectTimeout", CONNECT, "proxy.upstream.responseTimeout", "3s"),
            REFUSING,
            RESETTING,
            CLOSING,
            UNANSWERED,
            BLACK_HOLE,
            HALF_OPEN,
            STALE));
  }

  @AfterAll
  static void stop() {
    REFUSING.close();
    RESETTING.close();
    CLOSING.close();
    UNANSWERED.close();
    BLACK_HOLE.close();
    HALF_OPEN.close();
    STALE.close();
  }

  @Test
  void r04ABackendThatRefusesCostsNothing() throws Exception {
    try (Load load = REFUSING.load(server)) {
      load.goOn(0.2);
      REFUSING.first().kill();
      Account account = REFUSING.account(load.goOn(0.8)).print("");
      account.isHonest().failsNoGet().failsAtMost(4);
    }
  }

  @Test
  void r04ABackendThatResetsNewConnectionsCostsNoGet() throws Exception {
    try (Load load = RESETTING.load(server)) {
      load.goOn(0.2);
      RESETTING.first().resetConnections();
      badGateways(RESETTING.account(load.goOn(0.8)).print(""));
    }
  }

  @Test
  void r04ABackendThatClosesUnansweredCostsNoGet() throws Exception {
    whatComesOf(CLOSING, Fault.CLOSES_UNANSWERED);
  }

  @Test
  void r04ABackendThatResetsUnansweredButAnswersChecksCostsNoGet() throws Exception {
    whatComesOf(UNANSWERED, Fault.RESETS_UNANSWERED);
  }

  private void whatComesOf(Trio trio, Fault fault) throws Exception {
    try (Load load = trio.load(server)) {
      load.goOn(0.2);
      trio.first().put(fault);
      badGateways(trio.account(load.goOn(0.8)).print(""));
    }
  }

  private static void badGateways(Account account) {
    account.isHonest().failsNoGet();
    assertThat(account.failed(Outcome::post))
        .allMatch(each -> each.status() == 502 || each.status() == 503);
  }

  @Test
  void r05ABackendWhereConnectingHangsCostsOnlyTime() throws Exception {
    try (Load load = BLACK_HOLE.load(server)) {
      load.goOn(0.2);
      BLACK_HOLE.first().vanish(true);
      Account account = BLACK_HOLE.account(load.goOn(1.0)).print("");
      // a POST that was on its way when the connections ended is lost, as in R01
      account.isHonest().failsNoGet().failsAtMost(4);
      if (Scale.hasFigures()) {
        assertThat(account.millisAt(99)).isLessThanOrEqualTo(2500);
      }
    }
  }

  @Test
  void aBackendThatIsGoneWithoutAWordCostsNoGet() throws Exception {
    try (Load load = HALF_OPEN.load(server)) {
      load.goOn(0.2);
      HALF_OPEN.first().vanish(false);
      Account account = HALF_OPEN.account(load.goOn(1.0)).print("");
      account.isHonest().failsNoGet();
      assertThat(account.failed(Outcome::post)).allMatch(each -> each.status() == 504);
    }
  }

  @Test
  void r08ConnectionsThatBackendsCloseIdleCostNoGet() throws Exception {
    STALE.members().forEach(each -> each.put(Fault.CLOSES_IDLE));
    try (Load load = STALE.load(server)) {
      Account account = STALE.account(load.goOn(1.0)).print("");
      account.isHonest().failsNoGet().failsAtMost(account.posts() / 50);
    }
  }
}
