package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
  @ParameterizedTest(name = "maxInFlight {0}, maxConnections {1} -> {2}")
  @CsvSource({"0, 256, 256", "20, 256, 20", "300, 256, 256"})
  void thereAreNeverMoreRequestsThanConnections(int maxInFlight, int maxConnections, int expected) {
    var limits = new PoolConfig.Limits(maxInFlight, true, 7, Duration.ofSeconds(2));
    Bounds bounds = Bounds.of(limits, maxConnections, Runnable::run, () -> 5);
    assertThat(bounds.limit()).isEqualTo(expected);
    assertThat(bounds.adaptive()).isTrue();
    assertThat(bounds.maxWaiting()).isEqualTo(7);
    assertThat(bounds.patience()).isEqualTo(Duration.ofSeconds(2));
  }
}
