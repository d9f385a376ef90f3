package dev.gatehouse.conformance;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Script;
import java.util.stream.Stream;
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

/** Area B: what a backend says of itself is mapped to what the client sees. */
@ArquillianTest
@RunAsClient
@DisplayName("Mapping")
@Timeout(60)
final class MappingIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(
        Settings.with(
            Settings.with(Settings.of(BACKEND), "proxy.backends", BACKEND.url() + Mappings.BASE),
            "proxy.rewrite.cookies",
            "both"));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  static Stream<Case> rows() {
    return Mappings.rows(BACKEND.url());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aFieldIsMappedOrLeftAlone(Case row) throws Exception {
    Outcome.check(row, BACKEND);
  }
}
