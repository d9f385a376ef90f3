package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig.Passive;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EjectionTest {
  private static final long SECOND = 1_000_000_000;
  private static final Passive THREE = new Passive(3, Duration.ofSeconds(10), 50, false);
  private static final Passive STRICT = new Passive(2, Duration.ofSeconds(10), 50, true);
  private static final Ending GOOD = Ending.answered(200, 1);
  private static final Ending BAD = Ending.answered(503, 1);

  @Test
  void onlyFailuresInARowCount() {
    Ejection twice = after(Ejection.NONE, THREE, Ending.reset(), Ending.timedOut());
    assertThat(twice.failures()).isEqualTo(2);
    assertThat(after(twice, THREE, GOOD)).isEqualTo(Ejection.NONE);
    assertThat(after(twice, THREE, GOOD, Ending.reset(), Ending.reset()).out()).isFalse();
    assertThat(after(twice, THREE, Ending.connectFailed()).out()).isTrue();
  }

  @Test
  void whatSaysNothingChangesNothing() {
    Ejection twice = after(Ejection.NONE, THREE, Ending.reset(), Ending.reset());
    assertThat(after(twice, THREE, Ending.cancelled())).isSameAs(twice);
    Passive off = new Passive(0, Duration.ofSeconds(10), 50, true);
    assertThat(after(Ejection.NONE, off, Ending.reset(), BAD)).isSameAs(Ejection.NONE);
  }

  @Test
  void serverErrorsCountOnlyWhereWanted() {
    assertThat(after(Ejection.NONE, THREE, BAD, BAD, BAD)).isSameAs(Ejection.NONE);
    assertThat(after(Ejection.NONE, STRICT, BAD, BAD).out()).isTrue();
  }

  @Test
  void withoutRoomItStaysAndTheNextFailureAsksAgain() {
    Ejection full = after(Ejection.NONE, THREE, Ending.reset(), Ending.reset());
    for (int i = 0; i < 5; i++) {
      full = full.after(Ending.reset(), THREE, false, 0);
      assertThat(full.out()).isFalse();
      assertThat(full.failures()).isEqualTo(3);
    }
    assertThat(full.after(Ending.reset(), THREE, true, 0).out()).isTrue();
  }

  @Test
  void itComesBackOnProbationAndStaysOutLongerEachTime() {
    long now = Long.MAX_VALUE - 5 * SECOND; // a monotonic clock may well overflow
    Ejection state =
        Ejection.NONE
            .after(Ending.reset(), THREE, true, now)
            .after(Ending.reset(), THREE, true, now);
    for (int times = 1; times <= 13; times++) {
      state = state.after(Ending.reset(), THREE, true, now);
      assertThat(state.out()).isTrue();
      long length = Math.min(times, 10) * 10L * SECOND;
      assertThat(state.untilNanos() - now).isEqualTo(length);
      assertThat(state.after(GOOD, THREE, true, now + 1)).isSameAs(state);
      assertThat(state.at(THREE, now + length - 1)).isSameAs(state);
      now += length;
      state = state.at(THREE, now);
      assertThat(state.out()).isFalse();
      assertThat(state.failures()).as("one more will do").isEqualTo(2);
    }
  }

  @Test
  void aTimeIsForgottenAfterAsLongWithoutOne() {
    Ejection state = ejected(ejected(Ejection.NONE, 0).at(THREE, 10 * SECOND), 10 * SECOND);
    assertThat(state.times()).isEqualTo(2);
    state = state.at(THREE, 30 * SECOND);
    assertThat(state.at(THREE, 50 * SECOND - 1).times()).isEqualTo(2);
    assertThat(state.at(THREE, 50 * SECOND).times()).isEqualTo(1);
    assertThat(state.at(THREE, 60 * SECOND).times()).isZero();
    assertThat(ejected(Ejection.NONE, 0).at(THREE, 1_000 * SECOND).times()).isZero();
  }

  @ParameterizedTest(name = "checks failed at {0}, and are good since {1}")
  @CsvSource({
    ", -1, false, false",
    ", 0, true, false",
    "-3, -1, false, false",
    "-3, 5, true, false", // it had failed before, and still broke off since
    "-1, 0, true, false",
    "0, 1, true, true",
    "3, 5, true, true",
  })
  void aCheckRefutesWhatItCanSee(
      @Nullable Long failed, long good, boolean connects, boolean resets) {
    long now = Long.MAX_VALUE - 2; // a monotonic clock may well overflow
    OptionalLong then = failed == null ? OptionalLong.empty() : OptionalLong.of(now + failed);
    assertThat(
            out(now, Ending.connectFailed(), Ending.connectFailed()).isRefutedBy(now + good, then))
        .isEqualTo(connects);
    assertThat(out(now, Ending.reset(), Ending.connectFailed()).isRefutedBy(now + good, then))
        .as("it died with requests, and was down")
        .isEqualTo(connects);
    assertThat(out(now, Ending.connectFailed(), Ending.reset()).isRefutedBy(now + good, then))
        .isEqualTo(resets);
  }

  @Test
  void whoIsBackNeedsNoCheckAndItsTimesStillCount() {
    Ejection lifted = out(0, Ending.connectFailed(), Ending.connectFailed()).lifted(5);
    assertThat(lifted.out()).isFalse();
    assertThat(lifted.isRefutedBy(9, OptionalLong.of(8))).isFalse();
    assertThat(lifted.times()).isEqualTo(1);
  }

  private static Ejection out(long nowNanos, Ending first, Ending second) {
    return Ejection.NONE.after(first, STRICT, true, nowNanos).after(second, STRICT, true, nowNanos);
  }

  @RepeatedTest(200)
  void whateverHappensAnEjectedOneComesBackInTime(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    Passive settings =
        new Passive(1 + random.nextInt(4), Duration.ofMillis(1 + random.nextInt(5_000)), 50, true);
    long now = random.nextLong();
    Ejection state = Ejection.NONE;
    for (int i = 0; i < 500; i++) {
      state = state.after(ending(random), settings, random.nextBoolean(), now);
      assertThat(state.failures()).isBetween(0, settings.maxFails());
      assertThat(state.times()).isBetween(0, 10);
      if (state.out()) {
        long most = state.times() * settings.failTimeout().toNanos();
        assertThat(state.untilNanos() - now).isLessThanOrEqualTo(most);
        assertThat(state.at(settings, now + most).out()).isFalse();
      }
      now += random.nextInt(2_000_000_000);
      state = state.at(settings, now);
      assertThat(state.at(settings, now)).as("the same time, the same state").isEqualTo(state);
    }
  }

  private static Ending ending(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> GOOD;
      case 1 -> Ending.cancelled();
      case 2 -> Ending.connectFailed();
      case 3 -> Ending.timedOut();
      case 4 -> BAD;
      default -> Ending.reset();
    };
  }

  private static Ejection ejected(Ejection from, long nowNanos) {
    Ejection state = from;
    while (!state.out()) {
      state = state.after(Ending.reset(), THREE, true, nowNanos);
    }
    return state;
  }

  private static Ejection after(Ejection from, Passive settings, Ending... endings) {
    Ejection state = from;
    for (Ending ending : endings) {
      state = state.after(ending, settings, true, 0);
    }
    return state;
  }
}
