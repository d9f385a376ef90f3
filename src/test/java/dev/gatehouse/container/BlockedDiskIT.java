package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What has a deadline has it whatever a disk does. */
@ArquillianTest
@RunAsClient
@DisplayName("Blocked disk")
final class BlockedDiskIT {
  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @Test
  void holdsUpNeitherTheQueueNorDepartures() throws Exception {
    Path file = server.parameters();
    try (Backend backend = new Backend(seen -> Script.silence());
        Gatehouse gatehouse = Gatehouse.deploy(settings(backend))) {
      byte[] parameters = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      Await.until("it blocks", BlockedDiskIT::isBlocked);
      try (RawClient busy = RawClient.to(gatehouse.http());
          RawClient waiting = RawClient.to(gatehouse.http())) {
        busy.send("GET /busy HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
        Seen seen = backend.request("/busy");
        assertThat(waiting.get("/waiting", Settings.KEY_LINE).status()).isEqualTo(503);
        busy.rst();
        Await.until("it has left", () -> !backend.isOpen(seen.connection()));
        assertThat(isBlocked()).isTrue();
      } finally {
        try (var end = new RandomAccessFile(file.toFile(), "rw")) {
          Files.delete(file);
          Files.write(file, parameters);
          end.write(parameters);
        }
      }
    }
    Await.until("no thread of ours", () -> ServerThreads.ours().isEmpty());
  }

  private static Map<String, String> settings(Backend backend) {
    Map<String, String> settings = Settings.of(backend);
    settings.put("proxy.configReload", "100ms");
    settings.put("proxy.limit.maxInFlight", "1");
    settings.put("proxy.queue.timeout", "500ms");
    return settings;
  }

  private static boolean isBlocked() throws Exception {
    String threads = ServerProcess.current().jcmd("Thread.print");
    return threads.contains("UnixNativeDispatcher.open0")
        && threads.contains("dev.gatehouse.boot.Reload.look");
  }
}
