package dev.gatehouse.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.Backend;
import dev.gatehouse.container.Gatehouse;
import dev.gatehouse.container.ServerUnderTest;
import dev.gatehouse.container.Settings;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Ten thousand connections that are kept alive cost the others nothing; on Jetty. */
@ArquillianTest
@RunAsClient
@DisplayName("Idle clients")
@EnabledIfSystemProperty(
    named = "arquillian.launch",
    matches = "jetty",
    disabledReason = "Tomcat accepts 8192 connections unless told otherwise")
final class IdleClientsSoak {
  private static final int IDLE = 10_000;
  private static final int OTHER_FILES = 1_000;
  private static final int SECONDS = 20;
  private static final int MOST_MICROS_MORE = 50_000;

  private static final Backend BACKEND = new Backend(seen -> Script.ok("ok"));

  private final ServerUnderTest server = ServerUnderTest.current();

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

  @Test
  void tenThousandOfThemCostTheOthersNothing() throws Exception {
    ProcessFigures process = ProcessFigures.ofServer();
    for (long pid : List.of(process.process().pid(), ProcessHandle.current().pid())) {
      assertThat(ProcessFigures.openFilesAllowed(pid))
          .as("files that process %d may open: raise `ulimit -n`", pid)
          .isGreaterThanOrEqualTo(IDLE + OTHER_FILES);
    }
    int port = server.http().getPort();
    Traffic.run(port, SECONDS); // until compiled
    Histogram alone = Traffic.run(port, SECONDS);
    long memoryAlone = process.residentKilobytes();

    List<RawClient> idle = new ArrayList<>();
    try {
      long begin = System.nanoTime();
      while (idle.size() < IDLE) {
        idle.add(RawClient.to(port));
        ask(idle.get(idle.size() - 1));
      }
      Figures.print("idle: %d clients in %.1f s", IDLE, (System.nanoTime() - begin) / 1e9);
      Histogram beside = Traffic.run(port, SECONDS);
      Figures.print("idle: traffic alone:     %s", Traffic.words(alone));
      Figures.print("idle: traffic with them: %s", Traffic.words(beside));
      Figures.print(
          "idle: RSS %d MB alone, %d MB with them; live heap %d MB",
          memoryAlone / 1024,
          process.residentKilobytes() / 1024,
          process.liveHeapKilobytes() / 1024);
      for (RawClient client : idle) {
        ask(client);
      }
      Figures.print("idle: all %d answered again on the same connections", IDLE);
      assertThat(beside.getValueAtPercentile(99) - alone.getValueAtPercentile(99))
          .isLessThan(MOST_MICROS_MORE);
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
  }

  private static void ask(RawClient client) throws IOException {
    assertThat(client.get("/idle", Settings.KEY_LINE).text()).isEqualTo("ok");
  }
}
