package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DemandTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final Demand demand = new Demand();

  @Test
  void whoWaitsIsCalledOnce() {
    demand.begin(calls::incrementAndGet);
    demand.meet();
    demand.meet();
    assertThat(calls).hasValue(1);
    assertThat(demand.cancel()).isFalse();
  }

  @Test
  void whoWaitsNoMoreIsNotCalled() {
    demand.begin(calls::incrementAndGet);
    assertThat(demand.cancel()).isTrue();
    demand.meet();
    assertThat(calls).hasValue(0);
  }

  @Test
  void whoIsCalledMayWaitAgain() {
    demand.begin(() -> demand.begin(calls::incrementAndGet));
    demand.meet();
    assertThat(calls).hasValue(0);
    demand.meet();
    assertThat(calls).hasValue(1);
  }
}
