package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §12.5.1")
class AcceptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/problem+json",
        "APPLICATION/JSON",
        "application/*",
        "application/json, text/plain, */*",
        "application/json, */*",
        "*/*, application/json",
        "text/html, application/json;q=0.9, */*;q=0.1",
        "text/plain;q=0.5, application/json",
        "text/plain;q=0.5, */*",
        "text/plain;q=0, */*",
        "text/*;q=0.8, application/json;q=0.801",
        "text/plain;q=0.2, application/json ; Q=0.3 ; x=y",
        "a/b;c=\"text/plain, d\", application/json",
        "a/b;c=\"\\\"text/plain, d\", application/json",
        "text/plain;q=0.9999, application/json;q=0.001",
        "application/json;charset=utf-8",
        ",,application/json,,",
        "application/xml;q=2, application/json",
      })
  void jsonIsWanted(String accept) {
    assertThat(Accept.prefersJson(List.of(accept))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/plain",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/plain, application/json",
        "text/*, application/*",
        "text/plain, application/*",
        "application/json;q=0",
        "application/json;q=0, application/problem+json;q=0.000, */*;q=0",
        "application/json;q=0.5, text/plain",
        "application/json;q=0.5, text/*;q=0.6",
        "image/png",
        "application/vnd.api+json",
        "application/jsonp",
        "application/json;q=1.001",
        "application/json;q=",
        "application/json;q=.5",
        "application/json;q=0,5",
        "application/json;q=0.5x",
        "application/json;q=1.0000",
        "application/json;q=2",
        "application/json;q=0-1",
        "*/json",
        "json",
        "/json",
        "application/",
        "appli cation/json",
        "a/b;c=\", application/json",
        "a/b;c=\"\\",
      })
  void textItIs(String accept) {
    assertThat(Accept.prefersJson(List.of(accept))).isFalse();
  }

  @Test
  void severalFieldsAreOneList() {
    assertThat(Accept.prefersJson(List.of())).isFalse();
    assertThat(Accept.prefersJson(List.of("text/plain;q=0.1", "application/json;q=0.2"))).isTrue();
    assertThat(Accept.prefersJson(List.of("text/plain;q=0.2", "application/json;q=0.1"))).isFalse();
  }

  @Test
  void weightsDecideWhateverElseIsInTheList() {
    SplittableRandom random = new SplittableRandom(9110);
    for (int round = 0; round < 20_000; round++) {
      int text = random.nextInt(1001);
      int json = random.nextInt(1001);
      List<String> list = new ArrayList<>();
      list.add("text/plain" + weight(text, random));
      list.add("application/json" + weight(json, random));
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(
            random.nextInt(list.size() + 1), "image/x" + i + weight(random.nextInt(1001), random));
      }
      boolean textFirst =
          list.indexOf(list.stream().filter(e -> e.startsWith("text")).findFirst().orElseThrow())
              < list.indexOf(
                  list.stream().filter(e -> e.startsWith("app")).findFirst().orElseThrow());
      boolean expected = json > text || (json == text && json > 0 && !textFirst);
      assertThat(Accept.prefersJson(List.of(String.join(" , ", list))))
          .as("%s", list)
          .isEqualTo(expected);
    }
  }

  @Test
  void garbageIsNeverMoreThanIgnored() {
    SplittableRandom random = new SplittableRandom(12);
    String alphabet = "aq/*;=,\"\\ .01\t\u00e9";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder garbage = new StringBuilder();
      for (int i = random.nextInt(24); i > 0; i--) {
        garbage.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      boolean json = Accept.prefersJson(List.of(garbage.toString()));
      assertThat(json).as("%s", garbage).isFalse(); // no letters for application
      assertThat(Accept.prefersJson(List.of(garbage.toString(), "application/json"))).isTrue();
    }
  }

  private static String weight(int thousandths, SplittableRandom random) {
    if (thousandths == 1000) {
      return List.of("", ";q=1", ";q=1.0", ";q=1.000").get(random.nextInt(4));
    }
    return ";q=0." + (1000 + thousandths + "").substring(1);
  }
}
