package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
  private final Placeholders placeholders =
      new Placeholders(
          Map.of("app.host", "sys", "BOTH", "sys", "raw", "${env.HOST}"),
          Map.of("HOST", "env", "BOTH", "env", "EMPTY", ""));

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$1 and } {, $1 and } {",
    "${env.HOST}, env",
    "http://${env.HOST}:${env.PORT:80}/, http://env:80/",
    "${HOST}, env",
    "${HOST:-other}, env",
    "${app.host}, sys",
    "${BOTH}, sys",
    "${env.BOTH}, env",
    "${NONE:-other}, other",
    "${NONE:other}, other",
    "${NONE:http://a:1}, http://a:1",
    "${env.NONE:}, ''",
    "${env.EMPTY:other}, ''",
    "${env.A:${env.B:${HOST}}}, env",
    "${HOST:${env.NONE}}, env",
    "${raw}, ${env.HOST}",
  })
  void aPlaceholderIsFilledIn(String text, String expected) {
    List<String> unresolved = new ArrayList<>();

    assertThat(placeholders.resolve(text, unresolved)).isEqualTo(expected);
    assertThat(unresolved).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a ${env.NONE} b, ${env.NONE} is not set",
    "${NONE}, ${NONE} is not set",
    "${}, ${} is not set",
    "${app.host, a ${ has no } after it",
    "${A:${B}, a ${ has no } after it",
    "${A:${B}}, ${B} is not set",
  })
  void oneThatIsNotSetAndHasNoDefaultIsReported(String text, String reason) {
    List<String> unresolved = new ArrayList<>();
    placeholders.resolve(text, unresolved);

    assertThat(unresolved).singleElement().asString().startsWith(reason);
  }
}
