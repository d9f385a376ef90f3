package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LineWriterTest {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration IMPATIENCE = Duration.ofMillis(50);

  /** Keeps lines, and blocks or fails as it is told. */
  private static final class Sink implements LineSink {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch open;
    private final AtomicInteger begun = new AtomicInteger();
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    Sink(CountDownLatch open) {
      this.open = open;
    }

    @Override
    public void write(String line) throws IOException {
      begun.incrementAndGet();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
      Throwable now = failure;
      if (now instanceof IOException usual) {
        throw usual;
      }
      if (now instanceof Error worse) {
        throw worse;
      }
      lines.add(line);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final CountDownLatch open = new CountDownLatch(1);
  private final Sink sink = new Sink(open);

  @Test
  void linesComeInOrderAndAreAllThereAtTheEnd() {
    open.countDown();
    try (LineWriter writer = new LineWriter(sink, 1_000, GRACE)) {
      write(writer, 0, 500);
    }
    assertThat(sink.lines).hasSize(500).startsWith("0", "1", "2").endsWith("499");
    assertThat(sink.closed).isTrue();
  }

  @Test
  void whatFindsNoRoomIsLostAndCounted() {
    try (LineWriter writer = new LineWriter(sink, 10, GRACE)) {
      write(writer, 0, 100);
      long lost = writer.takeLost();
      assertThat(lost).isBetween(89L, 90L); // one may be at the sink already
      assertThat(writer.takeLost()).isZero();
      open.countDown();
      Await.until("the others", () -> sink.lines.size() == 100 - lost);
      write(writer, 100, 101);
    }
    assertThat(sink.lines).endsWith("100");
  }

  @Test
  void aSinkThatNeverReturnsHoldsNobodyUp() {
    LineWriter writer = new LineWriter(sink, 10, IMPATIENCE);
    write(writer, 0, 5);
    writer.close();
    assertThat(sink.closed).isTrue();
    assertThat(sink.lines).isEmpty();
    assertThat(writer.takeLost()).isEqualTo(5);
    assertThat(threads()).isZero();
  }

  @Test
  void aLineThatCouldNotBeWrittenIsTriedAgain() {
    open.countDown();
    sink.failure = new IOException("No space left on device");
    try (LineWriter writer = new LineWriter(sink, 10, GRACE)) {
      write(writer, 0, 3);
      Await.until("the failure", () -> writer.failure() != null);
      assertThat(writer.failure()).contains("No space left on device");
      sink.failure = null;
      Await.until("all lines", () -> sink.lines.equals(List.of("0", "1", "2")));
      assertThat(writer.failure()).isNull();
      assertThat(writer.takeLost()).isZero();
    }
  }

  @Test
  void whatCanNotBeWrittenAtTheEndIsGivenUp() {
    open.countDown();
    sink.failure = new IOException("No space left on device");
    LineWriter writer = new LineWriter(sink, 10, GRACE);
    write(writer, 0, 3);
    writer.close();
    assertThat(writer.takeLost()).isEqualTo(3);
    assertThat(sink.closed).isTrue();
  }

  @Test
  void aLineThatCanNotBeMadeIsNoEndOfTheLog() {
    open.countDown();
    LineWriter writer = new LineWriter(sink, 10, GRACE);
    writer.write(
        () -> {
          throw new IllegalStateException("no line");
        });
    Await.until("the failure", () -> writer.failure() != null);
    writer.close();
    assertThat(writer.takeLost()).isEqualTo(1);
  }

  @Test
  void anErrorIsNoEndOfTheLogEither() {
    open.countDown();
    sink.failure = new StackOverflowError("in an appender");
    try (LineWriter writer = new LineWriter(sink, 10, GRACE)) {
      write(writer, 0, 1);
      Await.until("the failure", () -> writer.failure() != null);
      assertThat(writer.failure()).contains("in an appender");
      sink.failure = null;
      Await.until("the line", () -> sink.lines.equals(List.of("0")));
      assertThat(writer.takeLost()).isZero();
      writer.write(
          () -> {
            throw new StackOverflowError("no line");
          });
      write(writer, 1, 2);
      Await.until("the next line", () -> sink.lines.equals(List.of("0", "1")));
      assertThat(writer.takeLost()).isEqualTo(1);
      assertThat(writer.failure()).isNull();
    }
  }

  @Test
  void theLineThatIsBeingWrittenIsLostToo() {
    LineWriter writer = new LineWriter(sink, 10, IMPATIENCE);
    write(writer, 0, 1);
    Await.until("begun", () -> sink.begun.get() == 1);
    write(writer, 1, 11); // no room is left for the sign of the end
    writer.close();
    assertThat(writer.takeLost()).isEqualTo(11);
  }

  @Test
  void aPipeThatNobodyReadsBlocksNobodyAndIsReadLater(@TempDir Path directory) throws Exception {
    Path pipe = directory.resolve("access.pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String line = "x".repeat(999);
    LineWriter writer = new LineWriter(new LogFile(pipe, System::nanoTime), 100, IMPATIENCE);
    for (int i = 0; i < 100_000; i++) { // far more than a pipe holds
      writer.write(() -> line);
    }
    assertThat(writer.takeLost()).isGreaterThan(90_000);
    try (InputStream in = Files.newInputStream(pipe)) {
      byte[] read = in.readNBytes(100_000);
      assertThat(new String(read, StandardCharsets.US_ASCII)).isEqualTo((line + "\n").repeat(100));
    }
    for (int i = 0; i < 1_000; i++) {
      writer.write(() -> line);
    }
    writer.close(); // nobody reads again
    assertThat(threads()).isZero();
  }

  private static void write(LineWriter writer, int from, int to) {
    for (int i = from; i < to; i++) {
      String line = Integer.toString(i);
      writer.write(() -> line);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("gatehouse-access-log"))
        .count();
  }
}
