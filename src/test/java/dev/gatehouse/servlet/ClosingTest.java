package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosingTest {
  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Map<Duration, String> states = new LinkedHashMap<>();
  private Duration waited = Duration.ZERO;
  private Duration busyUntil = Duration.ZERO;
  private Duration quietAtFirst = Duration.ofHours(1);

  @Test
  void itIsOpenToBeginWith() {
    Closing closing = closing(DELAY);
    assertThat(closing.isReady()).isTrue();
    assertThat(closing.takesRequests()).isTrue();
  }

  @Test
  void withNothingToWaitForItIsOverAtOnce() {
    Closing closing = closing(Duration.ZERO);
    closing.close();
    assertThat(waited).isZero();
    assertThat(closing.isReady()).isFalse();
    assertThat(closing.takesRequests()).isFalse();
  }

  @Test
  void whileItIsOnlyUnreadyRequestsAreTaken() {
    closing(DELAY).close();
    assertThat(states).containsExactly(Map.entry(DELAY, "takes"));
  }

  @Test
  void requestsUnderWayComeToTheirEnd() {
    busyUntil = DELAY.plusSeconds(3);
    closing(DELAY).close();
    assertThat(waited).isBetween(busyUntil, busyUntil.plusSeconds(1));
    assertThat(states).containsEntry(busyUntil, "turns away");
  }

  @Test
  void theLastBytesOfWhatHasJustEndedGetOut() {
    quietAtFirst = Duration.ofMillis(50);
    closing(Duration.ZERO).close();
    assertThat(waited).isEqualTo(Duration.ofMillis(150));
  }

  @Test
  void theDelayIsTimeForTheLastBytesToo() {
    quietAtFirst = Duration.ofMillis(50);
    closing(DELAY).close();
    assertThat(waited).isEqualTo(DELAY);
  }

  @Test
  void theLastBytesAreWaitedForFromTheEndOfTheLastRequest() {
    busyUntil = DELAY.plusSeconds(3);
    closing(DELAY).close();
    assertThat(waited).isEqualTo(busyUntil.plusMillis(200));
  }

  @ParameterizedTest(name = "quiet for {0} ms: {1} ms more")
  @CsvSource({"0, 200", "1, 199", "199, 1", "200, 0", "201, 0", "86400000, 0"})
  void whatIsLeftForTheLastBytes(long quietMillis, long leftMillis) {
    assertThat(Closing.lastBytes(Duration.ofMillis(quietMillis)))
        .isEqualTo(Duration.ofMillis(leftMillis));
  }

  @Test
  void itDoesNotWaitForEver() {
    busyUntil = Duration.ofDays(1);
    closing(DELAY).close();
    assertThat(waited).isEqualTo(DELAY.plus(TIMEOUT));
  }

  @Test
  void whoComesLaterWaitsNoMore() {
    Closing closing = closing(DELAY);
    closing.close();
    closing.close();
    assertThat(waited).isEqualTo(DELAY);
  }

  @Test
  void aContainerInAHurryIsNotHeldUp() {
    Closing closing =
        new Closing(
            DELAY,
            TIMEOUT,
            () -> 1,
            () -> Duration.ZERO,
            time -> {
              throw new InterruptedException();
            });
    closing.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closing.takesRequests()).isFalse();
  }

  private Closing closing(Duration delay) {
    Closing[] self = new Closing[1];
    self[0] =
        new Closing(
            delay,
            TIMEOUT,
            () -> waited.compareTo(busyUntil) < 0 ? 1 : 0,
            () ->
                busyUntil.isZero() || waited.compareTo(busyUntil) < 0
                    ? quietAtFirst.plus(waited)
                    : waited.minus(busyUntil),
            time -> {
              if (!time.isZero()) {
                waited = waited.plus(time);
                states.put(waited, self[0].takesRequests() ? "takes" : "turns away");
              }
            });
    return self[0];
  }
}
