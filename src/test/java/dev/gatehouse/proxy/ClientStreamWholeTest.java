package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** A body that is there whole is sent at once, and is over when it is out. */
class ClientStreamWholeTest {
  private final FakeOutput output = new FakeOutput();
  private final AsyncContent source = new AsyncContent();
  private final List<String> heard = new ArrayList<>();
  private final Journal journal = new Journal(() -> 0);
  private final FakeAtOnce atOnce = new FakeAtOnce(3);
  private final ClientStream stream = stream(atOnce);

  private ClientStream stream(FakeAtOnce atOnce) {
    return stream(atOnce, () -> heard.add("written"));
  }

  private ClientStream stream(FakeAtOnce atOnce, Runnable written) {
    return new ClientStream(
        output,
        source,
        written,
        failure -> {
          heard.add(failure.toString());
          return true;
        },
        journal,
        atOnce);
  }

  private boolean given; // back to the pool

  private void has(String text, boolean last) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    source.write(false, bytes, Callback.from(() -> given = true));
    if (last) {
      source.close();
    }
  }

  @Test
  void itIsOverWhenItIsOut() {
    has("one", true);
    stream.start();
    assertThat(atOnce.sent()).isEqualTo("one");
    assertThat(output.text()).isEmpty();
    assertThat(heard).isEmpty();
    assertThat(stream.waitsForClient()).isTrue();
    assertThat(given).isFalse();
    atOnce.ends(null);
    assertThat(heard).containsExactly("written");
    assertThat(given).isTrue();
  }

  @Test
  void aClientThatIsGoneIsTold() {
    has("one", true);
    stream.start();
    atOnce.ends(new IOException("gone"));
    assertThat(heard).containsExactly("java.io.IOException: gone");
    assertThat(given).isTrue();
  }

  @Test
  void whatFailsBehindTheLastByteIsTold() {
    has("one", true);
    Runnable failing =
        () -> {
          throw new IllegalStateException("recycled");
        };
    stream(atOnce, failing).start();
    atOnce.ends(null);
    assertThat(heard).containsExactly("java.lang.IllegalStateException: recycled");
    assertThat(given).isTrue();
  }

  @Test
  void whatIsNotWholeGoesTheUsualWay() throws Exception {
    has("one", false);
    stream.start();
    assertThat(atOnce.sent()).isEmpty();
    output.begins();
    assertThat(output.text()).isEqualTo("one");
    source.close();
    assertThat(heard).containsExactly("written");
  }

  @Test
  void norIsWhatBreaksOff() throws Exception {
    has("one", false);
    source.fail(new IOException("broken"));
    stream.start();
    assertThat(atOnce.sent()).isEmpty();
    assertThat(heard).isEmpty();
  }

  @Test
  void whatHasEndedMeanwhileIsNotSent() {
    has("one", true);
    stream.end();
    stream.start();
    assertThat(atOnce.sent()).isEmpty();
    assertThat(given).isTrue();
  }

  @Test
  void whatTheContainerDoesNotTakeIsNotTakenForSent() {
    has("one", true);
    ClientStream other = stream(new FakeAtOnce(3).refusing(new IllegalStateException("over")));
    assertThatThrownBy(other::start).isInstanceOf(IllegalStateException.class);
    assertThat(heard).isEmpty();
  }
}
