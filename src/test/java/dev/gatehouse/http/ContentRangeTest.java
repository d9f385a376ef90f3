package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.ByteRanges.Range;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §14.4 Content-Range")
class ContentRangeTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "bytes 42-1233/1234, 42, 1233, 1234",
    "bytes 42-1233/*,    42, 1233, -1",
    "bytes 0-0/1,        0,  0,    1",
    "bytes 0-999999999999999998/999999999999999999, 0, 999999999999999998, 999999999999999999",
  })
  void isReadAndWritten(String field, long first, long last, long length) {
    ContentRange range = new ContentRange(new Range(first, last), length);
    assertThat(ContentRange.parse(field)).contains(range);
    assertThat(range.format()).isEqualTo(field);
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes ",
        "bytes */10",
        "bytes */*",
        "bytes 5-4/10",
        "bytes 0-10/10",
        "bytes 0-9",
        "bytes 0/10",
        "bytes 0-9/",
        "bytes -9/10",
        "bytes 0-/10",
        "bytes 0-9/1x",
        "bytes a-9/10",
        "bytes 0-a/10",
        "bytes 0/9-10",
        "bytes 0-9/**",
        "bytes 0-9/5*",
        "bytes=0-9/10",
        "lines 0-9/10",
        "bytes 0-9 /10",
        "bytes 0-9/1234567890123456789",
      })
  void isIgnoredIfItIsNoneOrContradictsItself(String field) {
    assertThat(ContentRange.parse(field)).isEmpty();
  }

  @Test
  void saysThatNothingWasThere() {
    assertThat(ContentRange.unsatisfied(47_022)).isEqualTo("bytes */47022"); // §15.5.17
    assertThat(ContentRange.parse("BYTES 0-9/10")).isPresent();
  }
}
