package dev.gatehouse.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7617 Basic credentials")
class BasicPasswordTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "user:secret, secret",
    "':secret', secret",
    "user:a:b:c, a:b:c",
    "user:, ''",
    "':', ''",
    "user:pässwörd€, pässwörd€",
    "'user: s ', ' s '",
  })
  @DisplayName("§2: the password begins after the first colon")
  void thePasswordIsWhatFollowsTheFirstColon(String pair, String password) {
    assertThat(BasicPassword.of("Basic " + encoded(pair))).contains(password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic ", "BASIC ", "Basic   ", "bAsIc "})
  @DisplayName("RFC 9110 §11.1: schemes ignore case, and more than one space may follow")
  void theSchemeIgnoresCase(String scheme) {
    assertThat(BasicPassword.of(scheme + encoded("u:p"))).contains("p");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic dTpw=x",
        "Basicx dTpw",
        "BasicdTpw",
        "Bearer dTpw",
        "ApiKey dTpw",
        "Basic dXNlcg==", // no colon
        " Basic dTpw",
      })
  void whatIsNotWellFormedHoldsNoPassword(String authorization) {
    assertThat(BasicPassword.of(authorization)).isEmpty();
  }

  @Test
  void noFieldHoldsNoPassword() {
    assertThat(BasicPassword.of(null)).isEmpty();
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
