package dev.gatehouse.cache;

import static dev.gatehouse.cache.Responses.T0;
import static dev.gatehouse.cache.Responses.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 §4.3.1 validation")
class ValidatorsTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '\u0001',
      value = {
        "ETag: \"a\" -> If-None-Match: \"a\"",
        "ETag: W/\"a\" -> If-None-Match: W/\"a\"",
        "ETag: w/\"a\" -> If-None-Match: w/\"a\"",
        "ETag: unquoted -> If-None-Match: unquoted",
        "Last-Modified: @-5 -> If-Modified-Since: @-5",
        "Last-Modified: Sunday, 06-Nov-94 08:49:37 GMT -> If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT",
        "Last-Modified: @-5 | ETag: \"a\" -> If-None-Match: \"a\" | If-Modified-Since: @-5",
        "ETag: -> ''",
        "ETag: \"a\" | ETag: \"b\" -> ''",
        "ETag: \"a\" | ETag: \"b\" | Last-Modified: @-5 -> If-Modified-Since: @-5",
        "Date: @0 -> ''",
      })
  void sendsWhatIsStored(String response, String conditions) {
    StoredResponse stored = stored(response);
    assertThat(Validators.of(stored)).isEqualTo(fields(conditions));
    assertThat(Validators.has(stored.fields())).isEqualTo(fields(conditions).size() > 0);
  }

  @Test
  void takesThePlaceOfTheClientsOwnConditions() {
    Fields request =
        fields(
            "Host: h | if-none-match: \"x\" | If-Modified-Since: @-9 | Range: bytes=0-1"
                + " | If-Range: \"x\" | Accept: a/b | If-Match: \"y\" | If-Unmodified-Since: @1");
    assertThat(Validators.validating("GET", request, stored("ETag: \"a\"")))
        .isEqualTo(
            fields(
                "Host: h | Accept: a/b | If-Match: \"y\" | If-Unmodified-Since: @1"
                    + " | If-None-Match: \"a\""));
  }

  @Test
  void leavesTheRequestAloneIfNothingCanBeValidated() {
    Fields request = fields("If-None-Match: \"x\" | Range: bytes=0-1");
    assertThat(Validators.validating("GET", request, stored("Date: @0"))).isSameAs(request);
  }

  @Test
  @DisplayName("§4.3.5")
  void leavesHeadAlone() {
    Fields request = fields("If-None-Match: \"x\"");
    assertThat(Validators.validating("HEAD", request, stored("ETag: \"a\""))).isSameAs(request);
  }

  @Test
  void ofOurOwnAccordAddsThemToTheFieldsThatVarySelectsBy() {
    StoredResponse stored = stored("ETag: \"a\" | Vary: Accept, Range");
    Fields selecting = fields("Accept: a/b | Range: x");
    assertThat(Validators.validating("GET", selecting, stored))
        .isEqualTo(fields("Accept: a/b | If-None-Match: \"a\""));
  }

  private static StoredResponse stored(String response) {
    Freshness freshness =
        new Freshness(Duration.ZERO, Duration.ZERO, T0, false, false, Duration.ZERO, Duration.ZERO);
    return new StoredResponse(200, fields(response), new byte[0], freshness, T0);
  }
}
