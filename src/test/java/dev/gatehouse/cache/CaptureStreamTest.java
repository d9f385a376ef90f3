package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeOutput;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureStreamTest {
  private static final int LARGE = 300_000; // more than waits for a reader

  private final FakeOutput client = new FakeOutput();
  private final CaptureRoom room = new CaptureRoom(Long.MAX_VALUE);
  private final Capture capture = new Capture(100, -1, room);
  private final Journal journal = new Journal(() -> 0);
  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private boolean wanted;
  private final CaptureStream stream = stream(client, later::add);
  private final WriteListener writer =
      new WriteListener() {
        @Override
        public void onWritePossible() {
          heard.add("write");
        }

        @Override
        public void onError(Throwable cause) {
          heard.add("error: " + cause.getMessage());
        }
      };
  private final Readers.Reader other =
      new Readers.Reader() {
        @Override
        void more() {
          heard.add("more");
        }

        @Override
        void lost() {
          heard.add("lost");
        }
      };

  @Nested
  class WithoutAListener {
    @Test
    void clientAndCopyGetTheSame() throws IOException {
      stream.write(bytes("xabcx"), 1, 3);
      stream.flush();
      assertThat(client.text()).isEqualTo("abc");
      assertThat(client.flushes()).isEqualTo(1);
      stream.end(() -> heard.add("then"));
      assertThat(client.isClosed()).isTrue();
      assertThat(capture.body()).isEqualTo(bytes("abc"));
      assertThat(heard).containsExactly("whole", "then");
    }

    @Test
    void isWholeOnceAndNotAfterItWasAbandoned() throws IOException {
      stream.close();
      stream.close();
      stream.abandon();
      assertThat(heard).containsExactly("whole");
      heard.clear();
      CaptureStream second = stream(client, later::add);
      second.abandon();
      second.abandon();
      second.close();
      assertThat(heard).containsExactly("broken");
    }

    @Test
    void aClientThatLeavesIsTheEnd() {
      client.breaks();
      assertThatThrownBy(() -> stream.write(bytes("abc"), 0, 3)).isInstanceOf(IOException.class);
      assertThat(stream.outliveClient()).isFalse();
      assertThatThrownBy(stream::flush).isInstanceOf(IOException.class);
    }
  }

  @Nested
  class ItsClient {
    @Test
    void isWrittenToOnTheThreadThatBringsTheBytes() throws IOException {
      begins();
      stream.write(bytes("xabcx"), 1, 3);
      assertThat(client.text()).isEqualTo("abc");
      assertThat(client.flushes()).isZero();
      stream.flush();
      assertThat(client.flushes()).isEqualTo(1);
      stream.end(() -> heard.add("then"), () -> heard.add("cut"));
      assertThat(client.isClosed()).isTrue();
      assertThat(later).isEmpty();
      assertThat(heard).containsExactly("write", "whole", "then");
    }

    @Test
    void doesNotSetThePace() throws IOException {
      begins();
      client.stopsAfter(1);
      stream.write(bytes("abc"), 0, 3);
      assertThat(stream.isReady()).isTrue();
      stream.write(bytes("def"), 0, 3);
      stream.flush();
      stream.end(() -> heard.add("then"), () -> heard.add("cut"));
      assertThat(capture.body()).as("stored before it has read").isEqualTo(bytes("abcdef"));
      assertThat(client.text()).isEqualTo("abc");
      assertThat(heard).containsExactly("write", "whole");
      client.goesOn();
      assertThat(client.text()).isEqualTo("abcdef");
      assertThat(client.isClosed()).isTrue();
      assertThat(heard).containsExactly("write", "whole", "then");
    }

    @Test
    void setsThePaceOfWhatCannotBeStored() throws IOException {
      begins();
      client.stopsAfter(1);
      stream.write(new byte[101], 0, 101);
      assertThat(stream.isReady()).isTrue();
      stream.write(new byte[LARGE], 0, LARGE);
      assertThat(stream.isReady()).isFalse();
      runAll();
      assertThat(heard).containsExactly("write");
      client.goesOn();
      assertThat(heard).as("not on the container's thread").containsExactly("write");
      runAll();
      assertThat(heard).containsExactly("write", "write");
      assertThat(stream.isReady()).isTrue();
      assertThat(client.bytes()).hasSize(101 + LARGE);
    }

    @Test
    void hasNoBytesCountedBeforeItGetsThem() throws IOException {
      journal.answeredByBackend();
      begins();
      client.stopsAfter(1);
      sends("abc");
      sends("def");
      assertThat(journal.bytesOut()).hasValue(3);
      client.goesOn();
      assertThat(journal.bytesOut()).hasValue(6);
    }

    @Test
    void doesNotGetWhatBreaks() throws IOException {
      begins();
      client.stopsAfter(1);
      stream.write(bytes("abc"), 0, 3);
      stream.write(bytes("def"), 0, 3);
      stream.abandon();
      client.goesOn();
      assertThat(client.text()).as("it is cut, and not touched any more").isEqualTo("abc");
      assertThat(client.isClosed()).isFalse();
      assertThat(capture.body()).isNull();
      stream.close();
      assertThat(heard).containsExactly("write", "broken");
    }

    @ParameterizedTest(name = "for want of memory: {0}")
    @ValueSource(booleans = {false, true})
    void getsItThoughItCannotBeStored(boolean memory) throws IOException {
      CaptureStream failing = failing(memory);
      failing.setWriteListener(writer);
      client.begins();
      failing.write(bytes("abc"), 0, 3);
      failing.end(() -> heard.add("then"));
      assertThat(client.text()).isEqualTo("abc");
      assertThat(client.isClosed()).isTrue();
      assertThat(heard).containsExactly("write", "then");
      assertThat(room.taken()).isZero();
    }

    @ParameterizedTest(name = "for want of memory: {0}")
    @ValueSource(booleans = {false, true})
    void isCutThoughNobodyCanBeToldOfIt(boolean memory) throws IOException {
      CaptureStream failing = failing(memory);
      failing.setWriteListener(writer);
      client.begins();
      failing.write(bytes("abc"), 0, 3);
      assertThat(room.taken()).isPositive();
      failing.abandon();
      assertThat(capture.isBroken()).isTrue();
      assertThat(room.taken()).isZero();
    }

    /** One whose end can't be told, whatever it is. */
    private CaptureStream failing(boolean memory) {
      Runnable fails =
          () -> {
            if (memory) {
              throw new OutOfMemoryError("a test's");
            }
            throw new IllegalStateException("the store is broken");
          };
      return new CaptureStream(client, capture, () -> wanted, later::add, journal, fails, fails);
    }

    @Test
    void isNotWrittenToWhileSomebodyLooksAtIt() throws IOException {
      begins();
      assertThat(stream.hold()).isTrue();
      stream.write(bytes("abc"), 0, 3);
      assertThat(client.text()).isEmpty();
      stream.letGo();
      runAll();
      assertThat(client.text()).isEqualTo("abc");
    }
  }

  @Nested
  class AClientThatLeaves {
    @Test
    void isToldToWhoWrites() throws IOException {
      begins();
      client.breaks();
      stream.write(bytes("abc"), 0, 3);
      assertThat(heard).containsExactly("write", "error: the client has left");
      assertThat(stream.outliveClient()).isFalse();
      stream.abandon();
      assertThat(heard).endsWith("broken");
    }

    @Test
    void isToldByTheContainerToo() throws IOException {
      begins();
      client.stopsAfter(0);
      stream.write(bytes("abc"), 0, 3);
      client.fails(new IOException("reset"));
      assertThat(heard).containsExactly("write", "error: reset");
    }

    @Test
    void isNotTheEndForOthers() throws IOException {
      wanted = true;
      begins();
      stream.write(bytes("abc"), 0, 3);
      client.breaks();
      stream.write(bytes("def"), 0, 3);
      assertThat(heard).containsExactly("write", "error: the client has left");
      assertThat(stream.outliveClient()).isTrue();
      assertThat(stream.isReady()).isTrue();
      stream.write(bytes("ghi"), 0, 3);
      stream.flush();
      stream.end(() -> heard.add("then"));
      assertThat(client.text()).isEqualTo("abc");
      assertThat(capture.body()).isEqualTo(bytes("abcdefghi"));
      assertThat(heard).endsWith("whole", "then");
    }

    @Test
    void doesNotHoldOthersUpAnyMore() throws IOException {
      wanted = true;
      begins();
      assertThat(capture.join(other, 0)).isTrue();
      client.stopsAfter(0);
      stream.write(new byte[2 * LARGE], 0, 2 * LARGE);
      assertThat(Objects.requireNonNull(capture.view(other, 2 * LARGE)).length()).isZero();
      assertThat(stream.isReady()).isFalse();
      assertThat(stream.outliveClient()).isTrue();
      assertThat(heard).as("its container's thread has enough to do").endsWith("more");
      runAll();
      assertThat(heard).endsWith("write");
      assertThat(stream.isReady()).isTrue();
    }

    @Test
    void mayDoSoBeforeThereIsAWriter() {
      wanted = true;
      assertThat(stream.outliveClient()).isTrue();
      stream.setWriteListener(writer);
      assertThat(heard).containsExactly("write");
      assertThat(client.isListenedTo()).isFalse();
    }

    @Test
    void mayDoSoWhileTheWriterComes() {
      wanted = true;
      CaptureStream[] own = new CaptureStream[1];
      Recycled recycled = new Recycled(() -> assertThat(own[0].outliveClient()).isTrue());
      own[0] = stream(recycled, later::add);
      own[0].setWriteListener(writer);
      assertThat(heard).containsExactly("write");
      assertThat(capture.hasReaders()).isFalse();
    }

    @Test
    void isAFailureIfNobodyHasToldIt() {
      CaptureStream unaware = stream(new Recycled(() -> {}), later::add);
      assertThatThrownBy(() -> unaware.setWriteListener(writer))
          .isInstanceOf(IllegalStateException.class);
      assertThat(heard).isEmpty();
    }

    @Test
    void mayDoSoAfterTheEndOfTheBody() throws IOException {
      begins();
      client.stopsAfter(1);
      stream.write(bytes("abc"), 0, 3);
      stream.write(bytes("def"), 0, 3);
      stream.end(() -> heard.add("then"), () -> heard.add("cut"));
      client.fails(new IOException("reset"));
      client.goesOn();
      assertThat(heard).containsExactly("write", "whole", "then");
      assertThat(client.text()).isEqualTo("abc");
    }

    @Test
    void mayBeGivenUpByTheContainerAfterTheEndOfTheBody() throws IOException {
      begins();
      client.stopsAfter(1);
      stream.write(bytes("abc"), 0, 3);
      stream.write(bytes("def"), 0, 3);
      stream.end(() -> heard.add("then"), () -> heard.add("cut"));
      stream.clientFailed(new IOException("reset"));
      stream.clientFailed(new IOException("reset"));
      assertThat(heard).containsExactly("write", "whole", "then");
    }

    @Test
    void doesSoInTheMidstOfTheEnd() throws IOException {
      CaptureStream[] own = new CaptureStream[1];
      own[0] =
          new CaptureStream(
              client,
              capture,
              () -> wanted,
              later::add,
              journal,
              () -> client.fails(new IOException("reset")),
              () -> heard.add("broken"));
      own[0].setWriteListener(writer);
      client.begins();
      own[0].write(bytes("abc"), 0, 3);
      own[0].end(() -> heard.add("then"), () -> heard.add("cut"));
      assertThat(heard).containsExactly("write", "then");
      assertThat(capture.body()).isEqualTo(bytes("abc"));
    }

    @Test
    void hasDoneSoWhenTheEndComes() throws IOException {
      begins();
      client.fails(new IOException("reset"));
      stream.end(() -> heard.add("then"), () -> heard.add("cut"));
      assertThat(heard).containsExactly("write", "error: reset", "whole", "then");
      assertThat(client.isClosed()).isFalse();
    }
  }

  @Nested
  class AClientThatDoesNotRead {
    @Test
    void isGivenUpForOthers() throws IOException {
      holdsOthersUp();
      runAll();
      assertThat(heard)
          .endsWith("error: others have waited for a client that does not read", "write");
      assertThat(stream.isReady()).isTrue();
      assertThat(client.isClosed()).isFalse();
    }

    @Test
    void isCutIfTheBodyHasEndedMeanwhile() throws IOException {
      holdsOthersUp();
      stream.end(() -> heard.add("then"), () -> heard.add("cut"));
      runAll();
      assertThat(heard).contains("cut").doesNotContain("then");
      assertThat(client.isClosed()).isFalse();
    }

    private void holdsOthersUp() throws IOException {
      wanted = true;
      begins();
      assertThat(capture.join(other, 0)).isTrue();
      client.stopsAfter(0);
      stream.write(new byte[2 * LARGE], 0, 2 * LARGE);
      assertThat(Objects.requireNonNull(capture.view(other, 2 * LARGE)).length()).isZero();
      assertThat(stream.isReady()).isFalse();
      capture.expire(0, 10);
      capture.expire(10, 10);
      assertThat(later).isNotEmpty();
    }
  }

  @Test
  void whereNobodyWorksAnyMoreWhoWritesIsTold() throws IOException {
    CaptureStream stopping =
        stream(
            client,
            task -> {
              throw new RejectedExecutionException("closed");
            });
    stopping.setWriteListener(writer);
    client.begins();
    client.stopsAfter(0);
    stopping.write(new byte[2 * LARGE], 0, 2 * LARGE);
    assertThat(stopping.isReady()).isFalse();
    client.goesOn();
    assertThat(heard).containsExactly("write", "error: closed");
  }

  @Test
  void aWriterThatFailsHearsOfIt() {
    stream.setWriteListener(
        new WriteListener() {
          @Override
          public void onWritePossible() throws IOException {
            throw new IOException("x");
          }

          @Override
          public void onError(Throwable cause) {
            heard.add("error: " + cause.getMessage());
          }
        });
    assertThat(heard).containsExactly("error: x");
  }

  @Test
  void whatWasAbandonedDoesNotBegin() {
    stream.abandon();
    assertThatThrownBy(() -> stream.setWriteListener(writer))
        .isInstanceOf(IllegalStateException.class);
    assertThat(heard).containsExactly("broken");
  }

  /** As who forwards does it. */
  private void sends(String text) throws IOException {
    journal.sent(text.length());
    stream.write(bytes(text), 0, text.length());
  }

  private void begins() throws IOException {
    stream.setWriteListener(writer);
    client.begins();
  }

  private void runAll() {
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      next.run();
    }
  }

  private CaptureStream stream(ServletOutputStream to, Executor executor) {
    return new CaptureStream(
        to,
        capture,
        () -> wanted,
        executor,
        journal,
        () -> heard.add("whole"),
        () -> heard.add("broken"));
  }

  /** The container takes no listener any more. */
  private static final class Recycled extends ServletOutputStream {
    private final Runnable first;

    Recycled(Runnable first) {
      this.first = first;
    }

    @Override
    public boolean isReady() {
      throw new IllegalStateException("recycled");
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      first.run();
      throw new IllegalStateException("recycled");
    }

    @Override
    public void write(int b) {
      throw new IllegalStateException("recycled");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
