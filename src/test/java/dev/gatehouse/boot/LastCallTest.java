package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.servlet.Closing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastCallTest {
  @Test
  void requestsUnderWayAreWaitedForThoughTheContainerMakesTrouble() {
    Closing closing =
        new Closing(Duration.ZERO, Duration.ZERO, () -> 0, () -> Duration.ofDays(1), pause -> {});
    AutoCloseable both =
        LastCall.inTurn(
            () -> {
              throw new IllegalStateException("trouble");
            },
            closing);
    assertThatThrownBy(both::close).hasMessage("trouble");
    assertThat(closing.takesRequests()).isFalse();
  }
}
