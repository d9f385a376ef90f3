package dev.gatehouse.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MembersTest {
  static final class Container {
    private @Nullable String stream;

    @Nullable String channel() {
      return stream;
    }

    void fail() throws IOException {
      throw new EOFException(stream);
    }
  }

  private final Container container = new Container();

  @Test
  void whatIsThereIsFound() throws Exception {
    container.stream = "a";
    assertThat(Members.field(container, "stream")).isEqualTo("a");
    assertThat(Members.get(container, "channel")).isEqualTo("a");
  }

  @Test
  void whatIsNullSaysNothingOfTheKindOfContainer() throws Exception {
    assertThatThrownBy(() -> Members.field(container, "stream"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Members.get(container, "channel"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Members.fieldOrNothing(container, "stream")).isEqualTo(Members.Nothing.NOTHING);
  }

  @Test
  void whatIsMissingDoes() {
    assertThatThrownBy(() -> Members.field(container, "connection"))
        .isInstanceOf(NoSuchFieldException.class);
    assertThatThrownBy(() -> Members.get(container, "connection"))
        .isInstanceOf(NoSuchMethodException.class);
  }

  @Test
  void aBrokenConnectionIsToldAsSuch() {
    Class<?>[] none = {};
    assertThatThrownBy(() -> Members.call(container, "fail", none))
        .isInstanceOf(EOFException.class);
  }
}
