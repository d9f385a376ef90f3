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

/** Area D: what backends answer, from the first byte to the last. */
@ArquillianTest
@RunAsClient
@DisplayName("Answers")
@Timeout(60)
final class AnswersIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Settings.of(BACKEND));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.conformance.Answers#rows")
  void oddAnswers(Case row) throws Exception {
    Outcome.check(row, BACKEND);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.conformance.Bodiless#rows")
  void answersWithoutBody(Case row) throws Exception {
    Outcome.check(row, BACKEND);
  }
}
