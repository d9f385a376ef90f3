package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §12.5.4 languages")
class AcceptLanguageTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "en | en",
        "EN-gb | en-gb",
        "en, de | de,en",
        "de,en | de,en",
        "en;q=1, de;q=1.000 | de,en",
        "en;q=0.5, de | de,en;q=500",
        "de;q=0.50 , en ; Q=0.5 , fr | fr,de;q=500,en;q=500",
        "fr;q=0.9, *;q=0.1, en;q=0 | fr;q=900,*;q=100,en;q=0",
        "zh-Hant-TW,zh;q=0.8 | zh-hant-tw,zh;q=800",
        "en,,de, | de,en",
        "`` | ``",
        ", | ``",
      })
  void theSameWishHasOneForm(String value, String canonical) {
    assertThat(AcceptLanguage.canonical(value)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "en;q=2",
        "en;q=",
        "en;level=1",
        "en;q=0.5;x=1",
        ";q=1",
        "en de",
        "\"en\"",
        "e_n",
        "é",
        "en, en",
        "en;q=0.5, EN",
      })
  void whatIsNoneStaysAsItIs(String value) {
    assertThat(AcceptLanguage.canonical(value)).isEmpty();
  }
}
