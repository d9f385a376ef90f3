package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsTest {
  @ParameterizedTest(name = "<{0}> -> {1}")
  @CsvSource(
      delimiter = '>',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a>a",
        "a b>a b",
        "a,b>a b",
        " ,b , a,,>a b",
        "b\ta\ta>a b",
        "Post-1 post-1>Post-1 post-1",
        "a/b:c=1>a/b:c=1",
        " , >''",
      })
  void blanksAndCommasAreBetweenThem(String text, String tags) {
    List<String> expected = tags.isEmpty() ? List.of() : List.of(tags.split(" ", -1));
    assertThat(Tags.of(text)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "a, true",
    "b, true",
    "c, true",
    "d, true",
    "A, false",
    "ab, false",
    "Cache-Tag, false",
  })
  void aTagIsFoundInAnyLine(String tag, boolean found) {
    var lines = Responses.fields("Surrogate-Key: a b | Cache-Tag: c | Surrogate-Key: d");
    assertThat(Tags.areIn(lines, Set.of("x", tag))).isEqualTo(found);
  }

  @Test
  void withoutLinesThereIsNone() {
    assertThat(Tags.areIn(Responses.fields(""), Set.of("a"))).isFalse();
  }
}
