package dev.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void onlyWhereTheFramingIsBeyondDoubtMayAConnectionGoOn() {
    EnumSet<Verdict> goingOn = EnumSet.allOf(Verdict.class);
    goingOn.removeIf(verdict -> !verdict.trustsFraming());
    assertThat(goingOn)
        .containsExactly(
            Verdict.ANSWER, Verdict.METHOD_NOT_ALLOWED, Verdict.NOT_IMPLEMENTED, Verdict.LOOP);
  }

  @Test
  void allowComesWithOurAnswerToOptionsAndWith405() {
    EnumSet<Verdict> naming = EnumSet.allOf(Verdict.class);
    naming.removeIf(verdict -> !verdict.namesMethods());
    assertThat(naming).containsExactly(Verdict.ANSWER, Verdict.METHOD_NOT_ALLOWED);
  }
}
