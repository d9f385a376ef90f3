package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.sample.DemoCommand.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoCommandTest {
  @Test
  void aBackendIsNamedByItsNumber() {
    assertThat(DemoCommand.parse("stop 2")).isEqualTo(new DemoCommand(Verb.STOP, 2));
    assertThat(DemoCommand.parse(" START  4 ")).isEqualTo(new DemoCommand(Verb.START, 4));
    assertThat(DemoCommand.parse("quit")).isEqualTo(new DemoCommand(Verb.QUIT, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stop", "stop 0", "stop 5", "stop 22", "kill 1", "quit 1"})
  void anythingElseIsExplained(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoCommand.parse(line))
        .withMessageContaining("stop N");
  }
}
