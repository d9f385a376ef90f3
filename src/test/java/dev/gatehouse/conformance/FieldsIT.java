package dev.gatehouse.conformance;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Script;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Area B: the fields of strangers' requests and of answers. */
@ArquillianTest
@RunAsClient
@DisplayName("Fields")
@Timeout(60)
final class FieldsIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(
        Settings.with(
            Settings.with(Settings.of(BACKEND), "proxy.guard.maxHeaders", "300"),
            "proxy.viaHost",
            "gatehouse"));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "dev.gatehouse.conformance.RequestFields#rows",
    "dev.gatehouse.conformance.Loops#rows"
  })
  void onTheWayToTheBackend(Case row) throws Exception {
    Outcome.check(row, BACKEND);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.conformance.ResponseFields#rows")
  void onTheWayBack(Case row) throws Exception {
    Outcome.check(row, BACKEND);
  }
}
