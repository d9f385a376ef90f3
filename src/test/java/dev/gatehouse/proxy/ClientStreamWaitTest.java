package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Whose turn it is: what ends meanwhile is held against nobody else. */
class ClientStreamWaitTest {
  private final FakeOutput output = new FakeOutput();
  private final AsyncContent source = new AsyncContent();
  private boolean written;
  private final ClientStream stream =
      new ClientStream(
          output,
          source,
          () -> written = true,
          failure -> {
            throw new AssertionError(failure);
          },
          new Journal(() -> 0),
          FakeAtOnce.never());

  @Test
  void aBackendThatPausesIsWaitedFor() throws Exception {
    assertThat(stream.waitsForClient()).isFalse();
    start();
    assertThat(stream.waitsForClient()).isFalse();
    send("one");
    assertThat(stream.waitsForClient()).isFalse();
    source.fail(new TimeoutException());
    assertThat(stream.waitsForClient()).as("nor is it the client's fault").isFalse();
    assertThat(output.text()).isEqualTo("one");
    assertThat(written).isFalse();
  }

  @Test
  void aLargePieceWaitsForAClientThatDoesNotRead() throws Exception {
    start();
    output.stopsAfter(2);
    send("three");
    assertThat(stream.waitsForClient()).isTrue();
    output.goesOn();
    assertThat(stream.waitsForClient()).isFalse();
  }

  @Test
  void soDoesOneThatIsSmallEnoughForTheContainerToHold() throws Exception {
    start();
    output.stopsAfter(3);
    send("one");
    assertThat(stream.waitsForClient()).isTrue();
    send("two");
    source.fail(new TimeoutException());
    assertThat(stream.waitsForClient()).isTrue();
    assertThat(output.text()).isEqualTo("one");
  }

  @Test
  void soDoesAHead() throws Exception {
    output.stopsAfter(0);
    start();
    assertThat(stream.waitsForClient()).isTrue();
    output.goesOn();
    assertThat(stream.waitsForClient()).isFalse();
  }

  @Test
  void whatWasThereAtTheBeginningWaitsForTheClient() throws Exception {
    send("one");
    stream.start();
    assertThat(stream.waitsForClient()).isTrue();
    output.goesOn();
    assertThat(stream.waitsForClient()).isFalse();
    source.close();
    assertThat(written).isTrue();
    assertThat(output.text()).isEqualTo("one");
  }

  private void start() throws IOException {
    stream.start();
    output.begins();
  }

  private void send(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    source.write(false, bytes, Callback.NOOP);
  }
}
