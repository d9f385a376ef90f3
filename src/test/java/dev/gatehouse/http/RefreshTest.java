package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5; url=http://h/           | 5; url=<http://h/>",
        "5;URL=http://h/?a;b=c      | 5;URL=<http://h/?a;b=c>",
        "0 ,  Url = \"http://h/\" x | 0 ,  Url = \"<http://h/>\" x",
        "1.5; url='http://h/        | 1.5; url='<http://h/>",
        "5; http://h/               | 5; <http://h/>",
        "5; url http://h/           | 5; <url http://h/>",
        "5; url                     | 5; <url>",
        "; url=x                    | ; url=<x>",
        "5;                         | 5;<>",
        "5; url=                    | 5; url=<>",
      })
  void theUrlIsMappedAndTheRestStays(String value, String expected) {
    assertThat(Refresh.map(value, url -> "<" + url + ">")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", " 5", "5 ", "5 url=http://h/", "x; url=http://h/"})
  void whatWeDoNotKnowIsLeftAlone(String value) {
    assertThat(Refresh.map(value, url -> "<" + url + ">")).isEqualTo(value);
  }
}
