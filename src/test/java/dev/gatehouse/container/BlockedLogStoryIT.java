package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R24: a log that can't be written costs lines, never requests. */
@ArquillianTest
@RunAsClient
@DisplayName("Blocked access log")
final class BlockedLogStoryIT {
  private static final int REQUESTS = 600; // more lines than a pipe of 64 kB holds

  private static final int PER_CONNECTION = 50; // Tomcat closes after 100

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void aPipeThatNobodyReadsHoldsUpNeitherRequestsNorTheStop(@TempDir Path directory)
      throws Exception {
    Path pipe = directory.resolve("access.pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (Backend backend = new Backend(seen -> Script.ok("served"));
        Gatehouse gatehouse = deploy(backend, pipe)) {
      request(gatehouse.http(), REQUESTS);
      try (BufferedReader reader = Files.newBufferedReader(pipe)) {
        Set<String> paths = new HashSet<>(); // an end may be told after the next one's
        for (int i = 0; i < REQUESTS; i++) {
          paths.add(reader.readLine().replaceAll(".*\"path\":\"([^\"]+)\".*", "$1"));
        }
        assertThat(paths).hasSize(REQUESTS).contains("/0", "/" + (REQUESTS - 1));
      }
      request(gatehouse.http(), REQUESTS);
    }
    Await.until("no thread of ours", () -> ServerThreads.ours().isEmpty());
  }

  @Test
  void aDirectoryThatVanishesIsComplainedOfAndComesBack(@TempDir Path directory) throws Exception {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    Path file = logs.resolve("access.log");
    try (Backend backend = new Backend(seen -> Script.ok("served"));
        Gatehouse gatehouse = deploy(backend, file)) {
      request(gatehouse.http(), 1);
      Await.until("the file", () -> Files.exists(file));
      Files.delete(file);
      Files.delete(logs);
      Await.until(
          "the complaint",
          () -> {
            request(gatehouse.http(), 1);
            return server.log().contains("the access log can't be written")
                && server.log().contains("NoSuchFileException: " + file);
          });
      Files.createDirectory(logs);
      Await.until("the file again", () -> Files.exists(file) && Files.size(file) > 0);
    }
  }

  private static Gatehouse deploy(Backend backend, Path log) {
    return Gatehouse.deploy(Settings.with(Settings.of(backend), "proxy.accessLog", log.toString()));
  }

  private static void request(URI url, int times) throws IOException {
    for (int done = 0; done < times; done += PER_CONNECTION) {
      try (RawClient client = RawClient.to(url)) {
        for (int i = done; i < Math.min(times, done + PER_CONNECTION); i++) {
          assertThat(client.get("/" + i, Settings.KEY_LINE).text()).isEqualTo("served");
        }
      }
    }
  }
}
