package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.StructuredDictionary.Other;
import dev.gatehouse.http.StructuredDictionary.Text;
import dev.gatehouse.http.StructuredDictionary.Truth;
import dev.gatehouse.http.StructuredDictionary.Value;
import dev.gatehouse.http.StructuredDictionary.Whole;
import dev.gatehouse.testkit.Garbage;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredDictionaryTest {
  @Nested
  @DisplayName("RFC 9651 §4.2.2 dictionaries")
  class Dictionaries {
    @Test
    void mayBeEmpty() {
      assertThat(read("")).isEmpty();
      assertThat(read("  ")).isEmpty();
    }

    @Test
    void haveMembersInOrder() {
      assertThat(read(" a=1,b=2 \t,\t c=3  ").keySet()).containsExactly("a", "b", "c");
      assertThat(read("a", "b=2", "*c").keySet()).containsExactly("a", "b", "*c");
    }

    @Test
    void haveTheLastOfTwoInItsPlace() {
      Map<String, Value> read = read("a=1, b=2, a=3");
      assertThat(read.keySet()).containsExactly("b", "a");
      assertThat(read).containsEntry("a", new Whole(3));
    }

    @Test
    void meanTrueWhereNothingIsSaid() {
      assertThat(read("a, b;x=1, c=?0"))
          .containsEntry("a", new Truth(true))
          .containsEntry("b", new Truth(true))
          .containsEntry("c", new Truth(false));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "&&&&&",
          ",",
          "a,",
          "a, ",
          ",a",
          "a,,b",
          "a b",
          "A=1",
          "aB=1",
          "1a",
          "-a",
          "a=",
          "a= 1",
          "a =1",
          "a=1;",
          "a=1 ;x",
          "a=1,\u00a0b",
          "a=1\u0000",
          "=1",
          "a==1",
          "a=1;X",
          "a=1;x=",
          "a=1;x=(1)",
          "a=&"
        })
    void areNothingAtAllWhereAnyOfThemIsWrong(String line) {
      assertThat(StructuredDictionary.parse(List.of(line))).isEmpty();
      assertThat(StructuredDictionary.parse(List.of("x=1", line))).isEmpty();
    }

    @Test
    void areWrongWithAnEmptyLineAmongOthers() {
      assertThat(StructuredDictionary.parse(List.of("", "a=1"))).isEmpty();
    }
  }

  @Test
  void aTabIsNoSpaceAtTheStart() {
    assertThat(StructuredDictionary.parse(List.of("\ta=1"))).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"a=0, 0", "a=-0, 0", "a=42, 42", "a=-42, -42", "a=00042, 42"})
  @DisplayName("§4.2.4 integers")
  void integersAreWhole(String line, long number) {
    assertThat(read(line)).containsEntry("a", new Whole(number));
  }

  @Test
  @DisplayName("§3.3.1 range of integers")
  void integersHaveFifteenDigits() {
    assertThat(read("a=999999999999999")).containsEntry("a", new Whole(999_999_999_999_999L));
    assertThat(read("a=-999999999999999")).containsEntry("a", new Whole(-999_999_999_999_999L));
    assertThat(StructuredDictionary.parse(List.of("a=1000000000000000"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "a=1.5 -> DECIMAL",
        "a=-123456789012.123 -> DECIMAL",
        "a=abc -> TOKEN",
        "a=*a:b/c!#$%&'*+-.^_`|~ -> TOKEN",
        "a=Token -> TOKEN",
        "a=:aGVsbG8=: -> BYTES",
        "a=:: -> BYTES",
        "a=@1659578233 -> DATE",
        "a=@-1 -> DATE",
        "a=%\"a%c3%bc\" -> DISPLAY_STRING",
        "a=%\"\" -> DISPLAY_STRING",
        "a=() -> INNER_LIST",
        "a=(   ) -> INNER_LIST",
        "a=(1 2.5 \"x\" y ?1 :aA==:) -> INNER_LIST",
        "a=( 1  2 );p;q=1 -> INNER_LIST",
        "a=(1;x=2 b;y);z -> INNER_LIST",
      },
      quoteCharacter = '\u0001')
  @DisplayName("§4.2.1, §4.2.3 items and inner lists")
  void otherTypesAreKnown(String line, Other type) {
    assertThat(read(line)).containsEntry("a", type);
    assertThat(read("b;p=1, " + line + ";q, c")).containsEntry("a", type).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=-",
        "a=--1",
        "a=+1",
        "a=1.",
        "a=1.2345",
        "a=1234567890123.1",
        "a=.5",
        "a=1.5.5",
        "a=:aGVsbG8",
        "a=:a b:",
        "a=:a:",
        "a=?",
        "a=?2",
        "a=?true",
        "a=@",
        "a=@1.5",
        "a=@x",
        "a=%",
        "a=%x",
        "a=%\"",
        "a=%\"%\"",
        "a=%\"%4\"",
        "a=%\"%C3%BC\"",
        "a=%\"%c3\"",
        "a=%\"\u00fc\"",
        "a=%\"\t\"",
        "a=%\"%gg\"",
        "a=%\"%4g\"",
        "a=(",
        "a=(1",
        "a=(1,2)",
        "a=(1\t2)",
        "a=(1 ",
        "a=((1))",
        "a=(1 2",
        "a=(\"a\"\"b\")",
        "a=(1;)",
        "a=(1 2)x",
        "a=(&)"
      })
  @DisplayName("§4.2 what fails")
  void noItemIsHalfRight(String line) {
    assertThat(StructuredDictionary.parse(List.of(line))).isEmpty();
  }

  @Test
  @DisplayName("§4.2.5 strings")
  void stringsHaveTwoEscapes() {
    assertThat(read("a=\"b\\\"c\\\\d, e\"")).containsEntry("a", new Text("b\"c\\d, e"));
    assertThat(read("a=\"\"")).containsEntry("a", new Text(""));
    for (String bad : List.of("a=\"", "a=\"b", "a=\"\\", "a=\"\\n\"", "a=\"\t\"", "a=\"\u00e9\"")) {
      assertThat(StructuredDictionary.parse(List.of(bad))).as(bad).isEmpty();
    }
  }

  @Test
  @DisplayName("§4.2.3.2 parameters")
  void parametersAreReadAndForgotten() {
    assertThat(read("a=1;b;c=2;  d=\"x;y\";*e=?0;f-g_h.1=tok"))
        .isEqualTo(Map.of("a", new Whole(1)));
  }

  @Test
  void nothingThrows() {
    var random = new SplittableRandom(20_261_123);
    int good = 0;
    for (int round = 0; round < 50_000; round++) {
      String text = Garbage.of(random, "aab*1230-.=,;() \"\\:?@%\t", 12);
      good += StructuredDictionary.parse(List.of(text)).isPresent() ? 1 : 0;
    }
    assertThat(good).isPositive();
  }

  private static Map<String, Value> read(String... lines) {
    return StructuredDictionary.parse(List.of(lines)).orElseThrow();
  }
}
