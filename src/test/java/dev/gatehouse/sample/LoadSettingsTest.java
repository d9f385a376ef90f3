package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "https://localhost:8443/test,true",
    "https://127.0.0.1/,true",
    "http://[::1]:8080/,true",
    "https://localhost.example/,false"
  })
  void theDevelopmentCaIsForThisMachineOnly(String url, boolean local) {
    assertThat(settings(url, 0.3, 1).isLocal()).isEqualTo(local);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost/", "/test", "https:///test"})
  void anAddressIsHttpWithAHost(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(url, 0.3, 1))
        .withMessageStartingWith("--url");
  }

  @ParameterizedTest
  @CsvSource({"-0.1,1,--post-ratio", "1.1,1,--post-ratio", "NaN,1,--post-ratio", "0.3,0,--conn"})
  void numbersHaveTheirRange(double ratio, int connections, String option) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("http://localhost/", ratio, connections))
        .withMessageStartingWith(option);
  }

  private static LoadSettings settings(String url, double postRatio, int connections) {
    Duration second = Duration.ofSeconds(1);
    return new LoadSettings(
        URI.create(url), "key", 10, second, postRatio, connections, second, false, false);
  }
}
