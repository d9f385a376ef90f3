package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurgeFormTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "url=http://h/a, url //h/a",
    "url=http%3A%2F%2Fh%2Fa%3Fb&soft=true, url //h/a?...",
    "prefix=/a/, prefix /a/",
    "tag=b+a, tag a b",
    "'tag=b,a', tag a b",
    "all=true, all",
    "all=on&reason=x&token=t, all",
    "url=&prefix=&tag=a&reason=&soft=on, tag a",
    "all=false&tag=a, tag a",
  })
  void oneWayIsTaken(String form, String scope) throws Exception {
    assertThat(PurgeForm.scope(Form.parse(form))).hasToString(scope);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'', 400",
    "soft=true, 400",
    "url=&all=false, 400",
    "url=/a&tag=b, 400",
    "all=true&prefix=/, 400",
    "ulr=/a, 400",
    "tag=a&tag=b, 400",
    "url=*, 422",
    "url=h/a, 422",
    "prefix=ftp://h/, 422",
    "'tag=,', 422",
    "all=yes, 422",
  })
  void whatIsNotClearIsRefused(String form, int status) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> PurgeForm.scope(Form.parse(form)));
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused).message().isNotEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"all=true, false", "soft=true, true", "soft=on, true", "soft=, false"})
  void softIsASwitch(String form, boolean soft) throws Exception {
    assertThat(PurgeForm.isSoft(Form.parse(form))).isEqualTo(soft);
  }
}
