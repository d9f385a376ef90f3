package dev.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.testkit.Await;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The application stops while answers are under way. */
@ArquillianTest
@RunAsClient
@DisplayName("R13: undeployment")
final class UndeployIT {
  private static final int DOWNLOADS = Scale.of(40, 200);

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void r13AnswersUnderWayAreFinishedBeforeTheApplicationStops() throws Exception {
    try (Trio trio = new Trio("r13");
        Trio late = new Trio("r13-late")) {
      Gatehouse gatehouse =
          Gatehouse.deploy(Trio.settings(Map.of("proxy.shutdownTimeout", "30s"), trio, late));
      trio.members().forEach(each -> each.put(Fault.DRIPS));
      Load.Plan once =
          new Load.Plan(server.http().getPort(), "r13", DOWNLOADS, TimeUnit.HOURS.toNanos(1));
      try (Load load = trio.load(once);
          Load newcomers = late.load(server)) {
        Await.until(
            "all under way",
            () -> trio.members().stream().mapToLong(Member::requests).sum() == DOWNLOADS);
        long begin = System.nanoTime();
        gatehouse.close();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Account account = trio.account(load);
        account.print(String.format(Locale.ROOT, "undeployed after %.1f s", seconds));
        account.isHonest().failsNoGet().failsAtMost(0);
        assertThat(account.outcomes()).hasSize(DOWNLOADS);
        Account refused = late.account(newcomers).print("while and after it stopped").isHonest();
        assertThat(refused.failed(each -> true))
            .as("told that it stops, not found, or not connected")
            .allMatch(each -> each.status() == 503 || each.status() == 404 || each.status() == 0);
      }
    }
  }
}
