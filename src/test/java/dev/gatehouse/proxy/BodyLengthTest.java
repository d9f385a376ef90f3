package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class BodyLengthTest {
  @Test
  void itIsReachedWithItsLastByte() throws Exception {
    BodyLength length = new BodyLength(5, 0);
    length.add(4);
    assertThat(length.isReached()).isFalse();
    length.add(1);
    assertThat(length.isReached()).isTrue();
    assertThat(length.soFar()).isEqualTo(5);
    assertThatThrownBy(() -> length.add(1)).isExactlyInstanceOf(IOException.class);
  }

  @Test
  void oneThatIsUnknownIsNeverReached() throws Exception {
    BodyLength length = new BodyLength(-1, 0);
    length.add(Integer.MAX_VALUE);
    length.add(Integer.MAX_VALUE);
    assertThat(length.isReached()).isFalse();
  }

  @Test
  void oneByteMoreThanItMayHaveIsTooLarge() throws Exception {
    BodyLength length = new BodyLength(-1, 5);
    length.add(5);
    assertThatThrownBy(() -> length.add(1)).isInstanceOf(BodyTooLargeException.class);
  }
}
