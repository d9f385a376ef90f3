package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BypassTest {
  private final CachePolicy heeding = new CachePolicy(Rules.DEFAULT.heedingClients().rules());

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "Cache-Control: no-store, request-no-store",
    "Cache-Control: no-cache, request-no-cache",
    "'Cache-Control: no-cache, no-store', request-no-store",
    "Pragma: no-cache, request-no-cache",
    "Cache-Control: max-age=0, request-max-age",
    "Cache-Control: min-fresh=9, request-min-fresh",
    "If-Match: \"1\", request-precondition",
    "If-Unmodified-Since: @0, request-precondition",
    "'Cache-Control: max-age=9 | If-Match: \"1\"', request-precondition",
  })
  void itIsWhatTheRequestAsks(String request, String word) {
    assertThat(heeding.bypass(Forward.REQUEST, Responses.fields(request)).map(Bypass::word))
        .contains(word);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REQUEST", "METHOD"})
  void whatGoesOnForAnotherReasonIsNone(Forward reason) {
    assertThat(heeding.bypass(reason, Responses.fields("Cache-Control: no-cache"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "If-Match: x"})
  void aMethodIsOneByItself(String request) {
    assertThat(heeding.bypass(Forward.METHOD, Responses.fields(request)))
        .isEqualTo(Optional.of(Bypass.METHOD));
  }
}
