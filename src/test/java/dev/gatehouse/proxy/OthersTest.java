package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.servlet.BodyStream;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeOutput;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.content.AsyncContent;
import org.junit.jupiter.api.Test;

class OthersTest {
  private final Others others = new Others();
  private final List<String> heard = new ArrayList<>();

  @Test
  void thereAreNoneBeforeTheBodyHasBegun() {
    assertThat(others.take(null)).isFalse();
    assertThat(others.areThere()).isFalse();
    others.end();
    others.abandon();
    assertThat(heard).isEmpty();
  }

  @Test
  void thereAreNoneWhereNoFilterHasThem() {
    assertThat(others.take(writing(new FakeOutput()))).isFalse();
    assertThat(others.take(writing(new Shared(false)))).isFalse();
    assertThat(others.areThere()).isFalse();
    others.end();
    assertThat(heard).isEmpty();
  }

  @Test
  void theyHearOfTheEnd() {
    assertThat(others.take(writing(new Shared(true)))).isTrue();
    assertThat(others.areThere()).isTrue();
    others.end();
    assertThat(heard).containsExactly("end");
  }

  @Test
  void theyHearThatTheRestWillNotCome() {
    assertThat(others.take(writing(new Shared(true)))).isTrue();
    others.abandon();
    assertThat(heard).containsExactly("abandon");
  }

  private static ClientStream writing(ServletOutputStream output) {
    return new ClientStream(
        output,
        new AsyncContent(),
        () -> {},
        cause -> true,
        new Journal(() -> 0),
        FakeAtOnce.never());
  }

  /** A filter's stream that others may want. */
  private final class Shared extends BodyStream {
    private final boolean wanted;

    Shared(boolean wanted) {
      this.wanted = wanted;
    }

    @Override
    public void end(Runnable then) {
      heard.add("end");
      then.run();
    }

    @Override
    public void abandon() {
      heard.add("abandon");
    }

    @Override
    public boolean outliveClient() {
      return wanted;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) {}
  }
}
