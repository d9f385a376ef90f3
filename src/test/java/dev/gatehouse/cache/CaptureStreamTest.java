package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.FakeOutput;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class CaptureStreamTest {
  private final FakeOutput client = new FakeOutput();
  private final Capture capture = new Capture(100, -1);
  private final List<String> heard = new ArrayList<>();
  private boolean wanted;
  private final CaptureStream stream = stream(Runnable::run);
  private final WriteListener writer =
      new WriteListener() {
        @Override
        public void onWritePossible() {
          heard.add("write");
        }

        @Override
        public void onError(Throwable cause) {
          heard.add("error");
        }
      };

  @Test
  void clientAndCopyGetTheSame() throws IOException {
    stream.setWriteListener(writer);
    assertThat(stream.isReady()).isTrue();
    stream.write(bytes("xabcx"), 1, 3);
    stream.flush();
    stream.end(() -> heard.add("then"));
    assertThat(client.text()).isEqualTo("abc");
    assertThat(client.flushes()).isEqualTo(1);
    assertThat(client.isClosed()).isTrue();
    assertThat(capture.body()).isEqualTo(bytes("abc"));
    assertThat(heard).containsExactly("whole", "then");
  }

  @Test
  void theClientSetsThePace() throws IOException {
    client.stopsAfter(1);
    stream.write(bytes("abc"), 0, 3);
    assertThat(stream.isReady()).isFalse();
  }

  @Test
  void isWholeOnceAndNotAfterItWasAbandoned() throws IOException {
    stream.close();
    stream.close();
    stream.abandon();
    assertThat(heard).containsExactly("whole");
    heard.clear();
    CaptureStream other = stream(Runnable::run);
    other.abandon();
    other.abandon();
    other.close();
    assertThat(heard).containsExactly("broken");
  }

  @Test
  void whatIsAbandonedIsNotWhole() throws IOException {
    stream.write(bytes("abc"), 0, 3);
    stream.abandon();
    stream.close();
    assertThat(capture.body()).isNull();
  }

  @Test
  void aClientThatLeavesIsTheEndWhereNobodyElseWaits() {
    client.breaks();
    assertThatThrownBy(() -> stream.write(bytes("abc"), 0, 3)).isInstanceOf(IOException.class);
    assertThat(stream.outliveClient()).isFalse();
    assertThatThrownBy(stream::flush).isInstanceOf(IOException.class);
  }

  @Test
  void aClientThatLeavesIsNotTheEndForOthers() throws IOException {
    wanted = true;
    stream.setWriteListener(writer);
    stream.write(bytes("abc"), 0, 3);
    client.stopsAfter(0);
    client.breaks();
    assertThatThrownBy(() -> stream.write(bytes("def"), 0, 3)).isInstanceOf(IOException.class);
    assertThat(stream.outliveClient()).isTrue();
    assertThat(heard).as("nobody else would call the writer").containsExactly("write");
    assertThat(stream.isReady()).isTrue();
    stream.write(bytes("ghi"), 0, 3);
    stream.flush();
    stream.end(() -> heard.add("then"));
    assertThat(client.text()).isEqualTo("abc");
    assertThat(capture.body())
        .as("what failed at the client is there")
        .isEqualTo(bytes("abcdefghi"));
    assertThat(heard).containsExactly("write", "whole", "then");
  }

  @Test
  void aWriterThatComesAfterTheClientHasLeftIsCalled() {
    wanted = true;
    assertThat(stream.outliveClient()).isTrue();
    stream.setWriteListener(writer);
    assertThat(heard).containsExactly("write");
    assertThat(client.isListenedTo()).isFalse();
  }

  @Test
  void aClientThatLeavesInTheMidstOfAWriteIsNoFailure() throws IOException {
    wanted = true;
    FakeOutput leaving = new FakeOutput();
    leaving.breaks();
    CaptureStream[] own = new CaptureStream[1];
    Runnable meanwhile = () -> assertThat(own[0].outliveClient()).isTrue();
    own[0] =
        new CaptureStream(
            new Interrupted(leaving, meanwhile),
            capture,
            () -> wanted,
            Runnable::run,
            () -> heard.add("whole"),
            () -> heard.add("broken"));
    own[0].write(bytes("abc"), 0, 3);
    own[0].close();
    assertThat(capture.body()).isEqualTo(bytes("abc"));
  }

  @Test
  void whereNobodyWorksAnyMoreItIsBroken() {
    wanted = true;
    CaptureStream stopping =
        stream(
            task -> {
              throw new RejectedExecutionException("closed");
            });
    stopping.setWriteListener(writer);
    assertThat(stopping.outliveClient()).isTrue();
    assertThat(heard).containsExactly("broken");
  }

  private CaptureStream stream(Executor executor) {
    return new CaptureStream(
        client,
        capture,
        () -> wanted,
        executor,
        () -> heard.add("whole"),
        () -> heard.add("broken"));
  }

  /** Something happens before the write fails. */
  private static final class Interrupted extends ServletOutputStream {
    private final FakeOutput output;
    private final Runnable first;

    Interrupted(FakeOutput output, Runnable first) {
      this.output = output;
      this.first = first;
    }

    @Override
    public boolean isReady() {
      return output.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      output.setWriteListener(listener);
    }

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException("by arrays only");
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      first.run();
      output.write(bytes, from, count);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
