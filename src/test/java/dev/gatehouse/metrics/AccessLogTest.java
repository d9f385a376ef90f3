package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AccessLogTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void withoutALogNothingIsStarted() {
    try (AccessLog log =
        AccessLog.start(
            new ProxyConfig.AccessLog(false, Optional.empty()),
            nanos::get,
            InstantSource.system())) {
      assertThat(log.isOn()).isFalse();
      log.complain();
      assertThat(log.journal().elapsedNanos()).isZero();
    }
  }

  @Test
  void aFileIsWrittenTo(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("access.log");
    try (AccessLog log =
        AccessLog.start(
            new ProxyConfig.AccessLog(true, Optional.of(file)),
            nanos::get,
            InstantSource.system())) {
      assertThat(log.isOn()).isTrue();
      assertThat(file).doesNotExist(); // nothing to say yet
      Arrival arrival = new Arrival(0, "GET", "shop.test", "/a", "HTTP/1.1", null);
      ExchangeId id = new ExchangeId("id-1", Optional.empty());
      Exchange exchange = new Exchange("10.0.0.1", false, "10.0.0.1", id, log.journal());
      log.end(arrival, exchange, 200, true);
    }
    assertThat(Files.readAllLines(file))
        .singleElement()
        .asString()
        .startsWith("{\"time\":\"1970-01-01T00:00:00.000Z\",\"id\":\"id-1\"")
        .contains("\"path\":\"/a\"", "\"status\":200");
  }

  @Test
  void lossesAreToldOnceAMinute() {
    LineWriter writer = new LineWriter(new Failing(), 1, Duration.ofMillis(50));
    LogLines said = new LogLines(AccessLog.class);
    AccessLog log = AccessLog.to(writer, nanos::get, InstantSource.system());
    try {
      log.complain();
      assertThat(said.lines()).isEmpty();
      for (int i = 0; i < 10; i++) {
        writer.write(() -> "line");
      }
      Await.until("the failure", () -> writer.failure() != null);
      log.complain();
      assertThat(said.lines()).hasSize(1);
      assertThat(said.lines().get(0)).startsWith("WARNING").contains("No space left on device");
      later(Duration.ofSeconds(59));
      writer.write(() -> "line");
      writer.write(() -> "line");
      log.complain();
      assertThat(said.lines()).hasSize(1);
      later(Duration.ofSeconds(1));
      log.complain();
      assertThat(said.lines()).hasSize(2);
      log.close();
      assertThat(said.lines()).hasSize(3);
      assertThat(said.lines().get(2)).contains("lines lost");
    } finally {
      said.close();
    }
  }

  private void later(Duration pause) {
    nanos.addAndGet(pause.toNanos());
  }

  private static final class Failing implements LineSink {
    @Override
    public void write(String line) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void close() {}
  }
}
