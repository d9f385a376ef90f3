package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoSettingsTest {
  @Test
  void theDefaultsAreTheDocumentedPorts() {
    DemoSettings settings = of(Map.of());
    assertThat(settings.httpPort()).isEqualTo(8080);
    assertThat(settings.httpsPort()).isEqualTo(8443);
    assertThat(settings.backends())
        .isEqualTo(
            "https://127.0.0.1:8000,https://127.0.0.1:8001,"
                + "https://127.0.0.1:8002,https://127.0.0.1:8003");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "x", "", "70000", "-1"})
  void aPortIsANumber(String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("demo.httpPort", port)))
        .withMessageContaining("-Ddemo.httpPort=" + port);
  }

  @Test
  void portsMustDiffer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("demo.backendPort", "8078")))
        .withMessageContaining("overlap");
  }

  @Test
  void aPortInUseIsNamedWithItsParameter() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(of(Map.of("demo.httpsPort", port)).portsInUse())
          .anySatisfy(
              line -> assertThat(line).contains("Port " + port, "HTTPS", "-Ddemo.httpsPort"));
    }
  }

  private static DemoSettings of(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    return DemoSettings.of(properties);
  }
}
