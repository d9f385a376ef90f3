package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeOutput;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredStreamTest {
  private final FakeOutput client = new FakeOutput();
  private final List<String> heard = new ArrayList<>();
  private final StoredStream stream =
      new StoredStream(
          client,
          then -> {
            heard.add("deliver");
            then.run();
          });

  @Test
  void dropsWhatIsWrittenAndDeliversAtTheEnd() throws IOException {
    client.stopsAfter(0);
    assertThat(stream.isReady()).isTrue();
    stream.write(new byte[5], 0, 5);
    stream.write(1);
    stream.flush();
    assertThat(heard).isEmpty();
    stream.end(() -> heard.add("then"));
    assertThat(heard).containsExactly("deliver", "then");
    assertThat(client.text()).isEmpty();
    assertThat(client.isListenedTo()).as("that is for who delivers").isFalse();
  }

  @Test
  void whoWritesNeedNotWait() {
    stream.setWriteListener(
        new WriteListener() {
          @Override
          public void onWritePossible() throws IOException {
            heard.add("write");
            throw new IOException("x");
          }

          @Override
          public void onError(Throwable cause) {
            heard.add("error " + cause.getMessage());
          }
        });
    assertThat(heard).containsExactly("write", "error x");
  }

  @Test
  void isNotForOthers() {
    assertThat(stream.outliveClient()).isFalse();
  }
}
