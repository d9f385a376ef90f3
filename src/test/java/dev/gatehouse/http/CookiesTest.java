package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {
  @ParameterizedTest(name = "[{0}] -> [{1}], without it [{2}]")
  @CsvSource(
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "P=1, 1, ``",
        "a=1; P=2; b=3, 2, a=1; b=3",
        "P=1; b=3, 1, b=3",
        "a=1; P=2, 2, a=1",
        "a=1;P=2;b=3, 2, a=1;b=3",
        "P=1; P=2; b=3, 1, b=3",
        "P=1; a=2; P=3, 1, a=2",
        "P = 1 ; b=3, 1, b=3",
        "P=; b=3, ``, b=3",
        "P=a=b, a=b, ``",
        "PP=1; b=3, none, PP=1; b=3",
        "a=P=1, none, a=P=1",
        "p=1, none, p=1",
        "P, none, P",
        "`; ;`, none, `; ;`",
        "``, none, ``",
      })
  void aCookieIsFoundAndTakenOut(String field, String value, String rest) {
    assertThat(Cookies.value(field, "P")).isEqualTo(Optional.ofNullable(value));
    assertThat(Cookies.without(field, "P")).isEqualTo(rest);
  }

  @Property(seed = "13")
  void whateverTheFieldIsTheCookieIsGone(
      @ForAll @Chars({'P', 'a', '=', ';', ' ', '"', '\t'}) String field) {
    String rest = Cookies.without(field, "P");
    assertThat(Cookies.value(rest, "P")).isEmpty();
    assertThat(Cookies.value(rest, "a")).isEqualTo(Cookies.value(field, "a"));
  }
}
