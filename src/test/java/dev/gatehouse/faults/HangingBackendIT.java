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

/** One backend of three answers late, in part, or not at all. */
@ArquillianTest
@RunAsClient
@DisplayName("R06, R07: backends hang, are slow, die in an answer")
final class HangingBackendIT {
  private static final String RESPONSE = Scale.of("1s", "3s");

  private static final Trio HANGING = new Trio("r06", "retry.on", "connect,reset,timeout");
  private static final Trio SILENT = new Trio("r06-passive", "retry.on", "connect,reset,timeout");
  private static final Trio STUCK = new Trio("r06-middle");
  private static final Trio SLOW = new Trio("slow");
  private static final Trio RESETTING = new Trio("r07-reset");
  private static final Trio CLOSING = new Trio("r07-close");

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
                "proxy.upstream.responseTimeout", RESPONSE, "proxy.upstream.idleTimeout", RESPONSE),
            HANGING,
            SILENT,
            STUCK,
            SLOW,
            RESETTING,
            CLOSING));
  }

  @AfterAll
  static void stop() {
    HANGING.close();
    SILENT.close();
    STUCK.close();
    SLOW.close();
    RESETTING.close();
    CLOSING.close();
  }

  @Test
  void r06ABackendThatHangsCostsNoGetAndPostsA504() throws Exception {
    hangs(HANGING, Fault.HANGS);
  }

  @Test
  void r06ABackendThatHangsButLooksWellToChecksDoesNot() throws Exception {
    hangs(SILENT, Fault.HANGS_BUT_LOOKS_WELL);
  }

  private void hangs(Trio trio, Fault fault) throws Exception {
    try (Load load = trio.load(server)) {
      load.goOn(0.2);
      trio.first().put(fault);
      Account account = trio.account(load.goOn(1.0)).print("");
      account.isHonest().failsNoGet();
      assertThat(account.failed(Outcome::post)).allMatch(each -> each.status() == 504);
      if (Scale.hasFigures()) {
        assertThat(account.millisAt(50)).isLessThan(20);
      }
    }
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsCutForTheClient() throws Exception {
    breaks(STUCK, Fault.HANGS_IN_THE_MIDDLE);
  }

  @Test
  void r07ABackendThatResetsInItsAnswersIsHonestlyShown() throws Exception {
    breaks(RESETTING, Fault.RESETS_IN_THE_MIDDLE);
  }

  @Test
  void r07ABackendThatClosesInItsAnswersIsHonestlyShown() throws Exception {
    breaks(CLOSING, Fault.CLOSES_IN_THE_MIDDLE);
  }

  private void breaks(Trio trio, Fault fault) throws Exception {
    try (Load load = trio.load(server)) {
      load.goOn(0.2);
      trio.first().put(fault);
      load.goOn(0.5);
      trio.first().put(Fault.NONE);
      Account account = trio.account(load.goOn(0.2)).print("");
      account.isHonest();
      assertThat(account.failed(each -> true)).isNotEmpty();
      assertThat(account.failed(each -> true))
          .as("cut where the client can tell, or the proxy's own answer")
          .allMatch(each -> each.kind() == Outcome.Kind.BROKEN || each.status() == 502);
    }
  }

  @Test
  void aSlowBackendCostsNothingButTime() throws Exception {
    try (Load load = SLOW.load(server)) {
      load.goOn(0.2);
      SLOW.first().put(Fault.SLOW);
      SLOW.account(load.goOn(0.5)).print("").isHonest().failsNoGet().failsAtMost(0);
    }
  }
}
