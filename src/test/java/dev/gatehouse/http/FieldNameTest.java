package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 3875 §4.1.18 names that CGI can't tell apart")
class FieldNameTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "X_Forwarded_For, X-Forwarded-For",
    "X.API.Key, X-API-Key",
    "X-API_Key, X-API-Key",
    "_, -",
    ":path, -path",
    "x@[`{/0, x-----0",
    "é, -",
  })
  void whatIsNeitherLetterNorDigitIsADash(String name, String plain) {
    assertThat(FieldName.plain(name)).isEqualTo(plain);
  }

  @Test
  void anOrdinaryNameCostsNothing() {
    String name = "X-Forwarded-For-09azAZ";
    assertThat(FieldName.plain(name)).isSameAs(name);
    assertThat(FieldName.plain("")).isEmpty();
  }
}
