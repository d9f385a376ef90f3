package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
  @Nested
  @DisplayName("RFC 9110 §8.8.3.2 comparison")
  class Comparison {
    @ParameterizedTest(name = "{0} {1}: strong {2}, weak {3}")
    @CsvSource(
        quoteCharacter = '`',
        value = {
          "W/\"1\", W/\"1\", false, true", // the table of the section
          "W/\"1\", W/\"2\", false, false",
          "W/\"1\", \"1\",   false, true",
          "\"1\",   \"1\",   true,  true",
          "\"1\",   W/\"1\", false, true",
          "\"1\",   \"2\",   false, false",
          "\"a\",   \"A\",   false, false",
          "\"\",    \"\",    true,  true",
          "W/\"\",  \"\",    false, true",
          "\"1\",   \"12\",  false, false",
          "\"a\u00e9\", \"a\u00e9\", true, true",
        })
    void isThatOfTheTable(String one, String other, boolean strongly, boolean weakly) {
      assertThat(EntityTag.equalStrongly(one, other)).isEqualTo(strongly);
      assertThat(EntityTag.equalStrongly(other, one)).isEqualTo(strongly);
      assertThat(EntityTag.equalWeakly(one, other)).isEqualTo(weakly);
      assertThat(EntityTag.equalWeakly(other, one)).isEqualTo(weakly);
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(
        quoteCharacter = '`',
        value = {
          "abc,       abc,       true",
          "abc,       \"abc\",   false",
          "'abc',     \"abc\",   false",
          "w/\"abc\", w/\"abc\", true",
          "w/\"abc\", W/\"abc\", false",
          "w/\"abc\", \"abc\",   false",
          "W\\\"abc\", W\\\"abc\", true",
          "W\\\"abc\", \"abc\",  false",
          "W\"abc\",  W\"abc\",  true",
          "W\"abc\",  W/\"abc\", false",
          "W/abc,     W/abc,     true",
          "W/abc,     abc,       false",
          "\"abc,     \"abc\",   false",
        })
    void ofOddTagsIsThatOfBytes(String one, String other, boolean equal) {
      assertThat(EntityTag.equalWeakly(one, other)).isEqualTo(equal);
      assertThat(EntityTag.equalWeakly(other, one)).isEqualTo(equal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "a", "W", "W\"a\"", "\"W/a\"", ""})
    void aTagIsStrongUnlessMarked(String tag) {
      assertThat(EntityTag.isStrong(tag)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"a\"", "w/\"a\"", "W/a", "W/"})
    void aTagIsNotStrongWhoeverMarksIt(String tag) {
      assertThat(EntityTag.isStrong(tag)).isFalse();
      assertThat(EntityTag.equalStrongly(tag, tag)).isFalse();
    }
  }

  @Nested
  @DisplayName("RFC 9110 §13.1.1, §13.1.2 lists")
  class Lists {
    @ParameterizedTest(name = "{1} in {0}: weakly {2}, strongly {3}")
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "\"a\"                    | \"a\"     | true  | true",
          "\"a\", \"b\", \"c\"      | \"a\"     | true  | true",
          "\"a\", \"b\", \"c\"      | \"b\"     | true  | true",
          "\"a\",\"b\" ,\t\"c\"     | \"c\"     | true  | true",
          "\"a\", \"b\", \"c\"      | \"d\"     | false | false",
          "W/\"a\", W/\"b\"         | \"b\"     | true  | false",
          "\"b\"                    | W/\"b\"   | true  | false",
          "\"a,b\", \"c\"           | \"a,b\"   | true  | true",
          "\"a,b\", \"c\"           | \"a       | false | false",
          "\"a,b\", \"c\"           | b\"       | false | false",
          "\"x\", \"a, \", \"c\"    | \"a, \"   | true  | true",
          "\"a\\\", \"b\"           | \"b\"     | true  | true", // no escape in a tag
          ", ,\"a\",,               | \"a\"     | true  | true",
          "abc, def                 | def       | true  | true",
          "abc, def                 | \"def\"   | false | false",
          "\"abc                    | \"abc     | true  | true",
          "*                        | \"a\"     | false | false",
        })
    void areSearched(String list, String tag, boolean weakly, boolean strongly) {
      List<String> lines = List.of(list);
      assertThat(EntityTag.isInWeakly(lines, tag)).isEqualTo(weakly);
      assertThat(EntityTag.isInStrongly(lines, tag)).isEqualTo(strongly);
    }

    @Test
    void mayHaveSeveralLinesOrNone() {
      assertThat(EntityTag.isInWeakly(List.of("\"a\"", "\"b\""), "\"b\"")).isTrue();
      assertThat(EntityTag.isInWeakly(List.of("\"a", "\"b\""), "\"b\"")).isTrue();
      assertThat(EntityTag.isInWeakly(List.of(), "\"b\"")).isFalse();
    }

    @Test
    void anEmptyMemberIsNoTag() {
      assertThat(EntityTag.isInWeakly(List.of(""), "")).isFalse();
      assertThat(EntityTag.isInStrongly(List.of("\"a\",,"), "")).isFalse();
    }

    @Test
    void anAsteriskIsAnyOnlyByItself() {
      assertThat(EntityTag.isAny(List.of("*"))).isTrue();
      assertThat(EntityTag.isAny(List.of("\"*\""))).isFalse();
      assertThat(EntityTag.isAny(List.of("*, \"a\""))).isFalse();
      assertThat(EntityTag.isAny(List.of("*", "*"))).isFalse();
      assertThat(EntityTag.isAny(List.of())).isFalse();
    }
  }
}
