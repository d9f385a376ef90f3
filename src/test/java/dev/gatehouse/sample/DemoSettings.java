package dev.gatehouse.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the demonstration listens, and with which Jetty.
 *
 * @param backendPort the first of the sample backends' ports, which follow each other
 */
record DemoSettings(int backendPort, int httpPort, int httpsPort, Path jettyHome) {
  static final int BACKENDS = 4;
  private static final String BACKEND_PORT = "demo.backendPort";
  private static final String HTTP_PORT = "demo.httpPort";
  private static final String HTTPS_PORT = "demo.httpsPort";
  private static final String JETTY_HOME = "demo.jettyHome";

  /** A port, what it is for, and the system property that changes it. */
  private record Use(int port, String purpose, String property) {}

  /**
   * Reads {@code demo.*} properties.
   *
   * @throws IllegalArgumentException with an explanation when one is malformed or a port is twice
   */
  static DemoSettings of(Properties properties) {
    DemoSettings settings =
        new DemoSettings(
            port(properties, BACKEND_PORT, 8000),
            port(properties, HTTP_PORT, 8080),
            port(properties, HTTPS_PORT, 8443),
            Path.of(properties.getProperty(JETTY_HOME, "target/jetty-home")));
    long different = settings.uses().stream().mapToInt(Use::port).distinct().count();
    if (different < settings.uses().size()) {
      throw new IllegalArgumentException(
          "-D%s, -D%s and -D%s overlap".formatted(BACKEND_PORT, HTTP_PORT, HTTPS_PORT));
    }
    return settings;
  }

  private static int port(Properties properties, String name, int otherwise) {
    String text = properties.getProperty(name, Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65532) {
      throw new IllegalArgumentException("-D" + name + "=" + text + " is not a port");
    }
    return Integer.parseInt(text);
  }

  /** What {@code proxy.backends} is set to. */
  String backends() {
    return IntStream.range(0, BACKENDS)
        .mapToObj(i -> "https://127.0.0.1:" + (backendPort + i))
        .collect(Collectors.joining(","));
  }

  /** One line for each port that cannot be bound, with the way out. */
  List<String> portsInUse() {
    return uses().stream()
        .filter(use -> !isFree(use.port()))
        .map(
            use ->
                "Port %d (%s) is in use: end what listens there, or choose another with -D%s=..."
                    .formatted(use.port(), use.purpose(), use.property()))
        .toList();
  }

  private List<Use> uses() {
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < BACKENDS; i++) {
      uses.add(new Use(backendPort + i, "sample backend " + (i + 1), BACKEND_PORT));
    }
    uses.add(new Use(httpPort, "the proxy's HTTP", HTTP_PORT));
    uses.add(new Use(httpsPort, "the proxy's HTTPS", HTTPS_PORT));
    return uses;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
