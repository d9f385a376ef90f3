package dev.gatehouse.conformance;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.Script;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Area D: interim answers that no final one follows. */
@ArquillianTest
@RunAsClient
@DisplayName("Interim answers")
@Timeout(60)
final class InterimIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("unset"));

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Settings.with(Settings.of(BACKEND), "proxy.upstream.responseTimeout", "4s"));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @Test
  @DisplayName("D09 an interim answer, then silence: a gateway's timeout")
  void silenceAfterAnInterimAnswerIsATimeout() throws Exception {
    Outcome.check(
        Case.of("D09", "an interim answer, then silence")
            .answered(Script.raw("HTTP/1.1 102 Processing\r\n\r\n").hang())
            .must("is a gateway's timeout", o -> o.isRefused(504)),
        BACKEND);
  }

  @Test
  @DisplayName("D09 interim answers for ever: bounded by time")
  void interimAnswersForEverAreBounded() throws Exception {
    CountDownLatch given = new CountDownLatch(1);
    try {
      Outcome.check(
          Case.of("D09", "interim answers for ever")
              .answered(Script.raw("").repeat("HTTP/1.1 102 Processing\r\n\r\n", given).hang())
              .must("is a gateway's error in time", o -> o.isRefused(502, 504)),
          BACKEND);
    } finally {
      given.countDown();
    }
  }
}
