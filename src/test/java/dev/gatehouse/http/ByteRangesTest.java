package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.ByteRanges.Range;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §14.1.2, §14.2 ranges of bytes")
class ByteRangesTest {
  @ParameterizedTest(name = "{0} of 10 -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-0                 | 0-0",
        "bytes=0-9                 | 0-9",
        "bytes=2-5                 | 2-5",
        "bytes=2-                  | 2-9",
        "bytes=9-                  | 9-9",
        "bytes=0-                  | 0-9",
        "bytes=-1                  | 9-9",
        "bytes=-4                  | 6-9",
        "bytes=-10                 | 0-9",
        "bytes=-11                 | 0-9",
        "bytes=5-10                | 5-9",
        "bytes=5-99999999999999999999999999 | 5-9",
        "bytes=-99999999999999999999999999  | 0-9",
        "BYTES=1-2                 | 1-2",
        "bytes=001-002             | 1-2",
        "bytes=0-1,4-5             | 0-1 4-5",
        "bytes=4-5 ,\t0-1, -1      | 4-5 0-1 9-9",
        "bytes=,0-1,,              | 0-1",
        "bytes=0-1,20-30           | 0-1",
        "bytes=20-30,-0,-2         | 8-9",
        "bytes=0-5,3-7             | 0-5 3-7",
      })
  void areWhatIsThereInTheOrderAskedFor(String field, String expected) {
    assertThat(ByteRanges.of(field, 10, 5).map(ByteRangesTest::text)).contains(expected);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "bytes=10-",
        "bytes=10-10",
        "bytes=10-20",
        "bytes=-0",
        "bytes=11-,20-30,-0",
        "bytes=99999999999999999999999999-",
        "bytes=9223372036854775807-",
      })
  void mayBeUnsatisfiable(String field) {
    assertThat(ByteRanges.of(field, 10, 5)).contains(List.of());
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes= , ",
        "bytes=-",
        "bytes=5",
        "bytes=5-4",
        "bytes=a-b",
        "bytes=0-b",
        "bytes=a-5",
        "bytes=-a",
        "bytes=--1",
        "bytes=-1-",
        "bytes=1-2-3",
        "bytes=+1-2",
        "bytes=1 - 2",
        "bytes=0x1-2",
        "bytes=0-1,x",
        "bytes=0-1;2-3",
        "bytes =0-1",
        "bytes:0-1",
        "0-1",
        "lines=0-1",
        "bytes=\u0661-\u0662",
        "bytes=0-0,1-1,2-2,3-3,4-4,5-5", // more than five
        "bytes=90-,90-,90-,90-,90-,90-",
      })
  void areIgnoredIfNotValidOrTooMany(String field) {
    assertThat(ByteRanges.of(field, 10, 5)).isEmpty();
  }

  @Test
  void ofNothingThereIsNoRange() {
    assertThat(ByteRanges.of("bytes=0-", 0, 5)).contains(List.of());
    assertThat(ByteRanges.of("bytes=-0", 0, 5)).contains(List.of());
    assertThat(ByteRanges.of("bytes=-5", 0, 5)).isEmpty(); // satisfied, but by nothing
  }

  @Test
  void aRangeKnowsItsLength() {
    assertThat(new Range(3, 3).length()).isEqualTo(1);
    assertThat(ByteRanges.of("bytes=2-", Long.MAX_VALUE, 1).map(list -> list.get(0).length()))
        .isEqualTo(Optional.of(Long.MAX_VALUE - 2));
  }

  private static String text(List<Range> ranges) {
    return ranges.stream()
        .map(range -> range.first() + "-" + range.last())
        .collect(Collectors.joining(" "));
  }
}
