package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {

  @Test
  void noTwoParametersShareAName() {
    Stream<String> names = Parameters.ALL.stream().flatMap(Parameter::dottedNames);
    Stream<String> upper =
        Parameters.ALL.stream().flatMap(Parameter::dottedNames).map(Parameter::environmentName);

    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.startsWith("proxy."));
    assertThat(upper).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aBareInitParamMeansOneParameter(Owner owner) {
    Stream<Parameter> owned = Parameters.ALL.stream().filter(row -> row.owner() == owner);

    assertThat(owned.map(Parameter::leaf)).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void whatCountsInsteadIsAParameterOfTheSameKind() {
    List<Parameter> particular =
        Parameters.ALL.stream().filter(row -> row.general().isPresent()).toList();

    assertThat(particular)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              Parameter general = Parameters.named(row.general().orElseThrow());
              assertThat(general.kind()).isEqualTo(row.kind());
              assertThat(general.general()).isEmpty();
            });
  }

  @Test
  void aParameterOfOneRouteOrPoolHasANameToo() {
    assertThat(Parameters.named("proxy.route.shop.path").defaultText()).isEqualTo("/*");
    assertThat(Parameters.named("proxy.pool.a-1.retry.on").general()).contains("proxy.retry.on");
  }

  @Test
  void aNameThatIsNotInTheTableIsASlipInOurCode() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> Parameters.named("proxy.none"));
  }

  @Test
  void environmentNamesAreUpperCaseWithUnderscores() {
    assertThat(Parameter.environmentName("proxy.health.maxFailures-ä"))
        .isEqualTo("PROXY_HEALTH_MAXFAILURES__");
  }
}
