package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §5.1 Age")
class AgeTest {
  @ParameterizedTest(name = "[{0}] -> {1}")
  @CsvSource(
      delimiter = '>',
      value = {
        "0          > 0",
        "7200       > 7200",
        "007200     > 7200",
        "' 7200\t'  > 7200",
        "2147483647 > 2147483647",
        "2147483648 > 2147483648",
        "99999999999 > 99999999999",
        "999999999999999 > 999999999999999",
        "1000000000000000 > 999999999999999",
        "99999999999999999999999999999999999999999 > 999999999999999",
      })
  void isANumberOfSecondsThatSaturates(String line, long expected) {
    assertThat(Age.parse(List.of(line))).hasValue(expected);
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "abc",
        "-1",
        "-7200",
        "+7200",
        "7200.0",
        "7200;a=b",
        "7200;a=1",
        "7200 0",
        "'7200'",
        "\"7200\"",
        "a7200",
        "7200a",
        "0x10",
        "\u0663",
        "7200\u0000",
        "abc, 7200",
      })
  void isIgnoredIfItIsNoNumber(String line) {
    assertThat(Age.parse(List.of(line))).isEmpty();
  }

  @ParameterizedTest(name = "[{0}] -> {1}")
  @CsvSource(
      delimiter = '>',
      value = {
        "7200,0   > 7200",
        "7200 , 0 > 7200",
        "0,7200   > 0",
        "0, 0     > 0",
        "7200|0   > 7200",
        "0|7200   > 0",
        "7200|abc > 7200",
        "',7200'  > 7200",
        "' , |5'  > 5",
        "7200,-1  > 7200",
      })
  void theFirstMemberOfTheFirstLineDecides(String lines, long expected) {
    assertThat(Age.parse(Arrays.asList(lines.split("\\|")))).hasValue(expected);
  }

  @Test
  void aBadFirstLineIsNotMadeUpForByASecond() {
    assertThat(Age.parse(List.of("abc", "7200"))).isEmpty();
    assertThat(Age.parse(List.of())).isEmpty();
  }
}
