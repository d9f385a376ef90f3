package dev.gatehouse.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
  @Test
  void itReadsWhatAFormSends() throws Exception {
    Form form = read("weight=+3+&reason=a%26b+%C3%A9&empty=&&token=x%3D");
    assertThat(form.value("weight")).isEqualTo("3");
    assertThat(form.value("reason")).isEqualTo("a&b \u00e9");
    assertThat(form.value("empty")).isEmpty();
    assertThat(form.has("empty")).isTrue();
    assertThat(form.value("token")).isEqualTo("x=");
    assertThat(form.value("other")).isEmpty();
    assertThat(form.has("other")).isFalse();
    assertThat(read("").has("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"weight", "=3", "a=%zz", "a=%4", "a=1&a=2"})
  void whatIsNoFormIsRefused(String body) {
    assertThat(refusal(body).status()).isEqualTo(400);
  }

  @Test
  void itIsReadUpToItsBound() throws Exception {
    String value = "x".repeat(Form.LARGEST - 2);
    assertThat(read("a=" + value).value("a")).isEqualTo(value);
    assertThat(refusal("a=" + value + "x").status()).isEqualTo(413);
  }

  @Test
  void aSlipInANameIsNotOverlooked() throws Exception {
    Form form = read("wieght=3");
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> form.onlyHas(Set.of("weight")));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused).hasMessageContaining("weight");
    read("weight=3").onlyHas(Set.of("weight", "reason"));
  }

  private static RefusedException refusal(String body) {
    return catchThrowableOfType(RefusedException.class, () -> read(body));
  }

  private static Form read(String body) throws Exception {
    return Form.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
  }
}
