package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private final AtomicLong nanos = new AtomicLong();
  private @TempDir Path directory;
  private Path file;
  private LogFile log;

  @BeforeEach
  void open() {
    file = directory.resolve("access.log");
    log = new LogFile(file, nanos::get);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void linesAreAddedToWhatIsThere() throws Exception {
    Files.writeString(file, "old\n");
    log.write("one");
    log.write("two");
    assertThat(file).hasContent("old\none\ntwo\n");
  }

  @Test
  void aFileThatWasMovedAwayIsMadeAnewWithinASecond() throws Exception {
    Path moved = directory.resolve("access.log.1");
    log.write("one");
    Files.move(file, moved);
    log.write("two");
    later(Duration.ofSeconds(1));
    log.write("three");
    assertThat(moved).hasContent("one\ntwo\n");
    assertThat(file).hasContent("three\n");
  }

  @Test
  void aFileThatWasReplacedIsFound() throws Exception {
    log.write("one");
    Files.move(file, directory.resolve("access.log.1"));
    Files.createFile(file);
    later(Duration.ofSeconds(2));
    log.write("two");
    assertThat(file).hasContent("two\n");
  }

  @Test
  void aFileThatStaysIsNotOpenedAgain() throws Exception {
    log.write("one");
    later(Duration.ofSeconds(2));
    log.write("two");
    assertThat(file).hasContent("one\ntwo\n");
  }

  @Test
  void aVanishedDirectoryIsAFailureUntilItIsThereAgain() throws Exception {
    Path deep = Files.createDirectory(directory.resolve("logs"));
    try (LogFile other = new LogFile(deep.resolve("access.log"), nanos::get)) {
      other.write("one");
      Files.delete(deep.resolve("access.log"));
      Files.delete(deep);
      later(Duration.ofSeconds(1));
      assertThatThrownBy(() -> other.write("two")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> other.write("two")).isInstanceOf(IOException.class);
      Files.createDirectory(deep);
      other.write("two");
      assertThat(deep.resolve("access.log")).hasContent("two\n");
    }
  }

  @Test
  void aFullDiskIsAFailure() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (LogFile other = new LogFile(full, nanos::get)) {
      assertThatThrownBy(() -> other.write("one")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aDirectoryInItsPlaceIsAFailure() throws Exception {
    Files.createDirectory(file);
    assertThatThrownBy(() -> log.write("one")).isInstanceOf(IOException.class);
  }

  private void later(Duration pause) {
    nanos.addAndGet(pause.toNanos());
  }
}
