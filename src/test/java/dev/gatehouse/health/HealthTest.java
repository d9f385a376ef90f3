package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final ProbeResult GOOD =
      new ProbeResult(true, "200 in 3 ms", Duration.ofMillis(3));
  private static final ProbeResult BAD =
      new ProbeResult(false, "connection refused", Duration.ofMillis(1));

  /** One letter a check (+ good, - failed); one letter a state after it (N, H, U). */
  @ParameterizedTest(name = "{0} fall {1} rise {2} -> {3}")
  @CsvSource({
    "+,        3, 1, H",
    "-,        3, 1, N",
    "--,       3, 1, NN",
    "---,      3, 1, NNU",
    "-+,       3, 1, NH",
    "+,        3, 5, H", // only a return from UNREACHABLE needs several
    "+--+--,   3, 1, HHHHHH",
    "+---,     3, 1, HHHU",
    "+---+,    3, 1, HHHUH",
    "---+-+++, 3, 3, NNUUUUUH",
    "---+++-,  3, 3, NNUUUHH",
    "-,        1, 1, U",
    "-+-+,     1, 2, UUUU",
    "-++-,     1, 2, UUHU",
    "----,     3, 1, NNUU",
  })
  void theStateFollowsResultsInARow(String checks, int fall, int rise, String states) {
    StringBuilder seen = new StringBuilder();
    Health health = Health.unknown(T0);
    for (int i = 0; i < checks.length(); i++) {
      health = health.after(checks.charAt(i) == '+' ? GOOD : BAD, fall, rise, T0);
      seen.append(health.state().name().charAt(0));
    }
    assertThat(seen).hasToString(states);
  }

  @Test
  void whatIsNotCheckedYetTakesTraffic() {
    Health health = Health.unknown(T0);
    assertThat(health.state()).isEqualTo(Health.State.NOT_INITIATED);
    assertThat(health.takesTraffic()).isTrue();
    assertThat(health.lastCheck()).isEmpty();
    assertThat(health.lastHealthy()).isEmpty();
    assertThat(health.since()).isEqualTo(T0);
    assertThat(health.lastResult()).isEqualTo("not checked yet");
  }

  @Test
  void aResultIsKeptWithItsTimeAndCounts() {
    Health health =
        Health.unknown(T0)
            .after(GOOD, 2, 2, T0.plusSeconds(1))
            .after(GOOD, 2, 2, T0.plusSeconds(2))
            .after(BAD, 2, 2, T0.plusSeconds(3));
    assertThat(health)
        .isEqualTo(
            new Health(
                Health.State.HEALTHY,
                1,
                0,
                Optional.of(T0.plusSeconds(2)),
                Optional.of(T0.plusSeconds(3)),
                Duration.ofMillis(1),
                "connection refused",
                T0.plusSeconds(1),
                3,
                1));
  }

  @Test
  void aStateBeginsWhenItChanges() {
    Health down =
        Health.unknown(T0).after(BAD, 2, 2, T0.plusSeconds(1)).after(BAD, 2, 2, T0.plusSeconds(2));
    assertThat(down.takesTraffic()).isFalse();
    assertThat(down.since()).isEqualTo(T0.plusSeconds(2));
    assertThat(down.after(BAD, 2, 2, T0.plusSeconds(3)).since()).isEqualTo(T0.plusSeconds(2));
    Health returning = down.after(GOOD, 2, 2, T0.plusSeconds(4));
    assertThat(returning.consecutiveSuccesses()).isEqualTo(1);
    assertThat(returning.lastHealthy()).isEmpty();
    Health back = returning.after(GOOD, 2, 2, T0.plusSeconds(5));
    assertThat(back.since()).isEqualTo(T0.plusSeconds(5));
    assertThat(back.lastHealthy()).contains(T0.plusSeconds(5));
  }
}
