package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.metrics.Metrics;
import dev.gatehouse.servlet.Closing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastCallTest {
  @Test
  void whatGoesOnWithoutAClientIsWaitedForToo() {
    AtomicInteger looks = new AtomicInteger();
    Closing closing =
        LastCall.closing(
            new ProxyConfig.Shutdown(Duration.ZERO, Duration.ofMinutes(1)),
            new Metrics(() -> 0),
            () -> looks.incrementAndGet() < 3 ? 1 : 0);
    closing.close();
    assertThat(looks).hasValue(3);
  }

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
