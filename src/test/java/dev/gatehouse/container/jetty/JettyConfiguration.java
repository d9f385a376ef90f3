package dev.gatehouse.container.jetty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.spi.ConfigurationException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** The properties of the container {@code jetty} in {@code arquillian.xml}. */
public final class JettyConfiguration implements ContainerConfiguration {
  private static final Pattern ARGUMENT = Pattern.compile("\"[^\"]*\"|\\S+");

  private Path home = Path.of("");
  private Path base = Path.of("");
  private int httpPort;
  private int jmxPort;
  private List<String> javaVmArguments = List.of();
  private List<String> startArguments = List.of();

  /** Used by Arquillian. */
  public JettyConfiguration() {}

  @Override
  public void validate() {
    if (!Files.exists(home.resolve("start.jar"))) {
      throw new ConfigurationException("no start.jar in " + home);
    }
  }

  Path home() {
    return home;
  }

  public void setHome(String home) {
    this.home = Path.of(home);
  }

  Path base() {
    return base;
  }

  public void setBase(String base) {
    this.base = Path.of(base);
  }

  int httpPort() {
    return httpPort;
  }

  public void setHttpPort(int httpPort) {
    this.httpPort = httpPort;
  }

  int jmxPort() {
    return jmxPort;
  }

  public void setJmxPort(int jmxPort) {
    this.jmxPort = jmxPort;
  }

  List<String> javaVmArguments() {
    return javaVmArguments;
  }

  /** Takes arguments parted by white space; one with a space in it stands in double quotes. */
  public void setJavaVmArguments(String arguments) {
    this.javaVmArguments = split(arguments);
  }

  List<String> startArguments() {
    return startArguments;
  }

  /** Takes arguments parted by white space; one with a space in it stands in double quotes. */
  public void setStartArguments(String arguments) {
    this.startArguments = split(arguments);
  }

  private static List<String> split(String arguments) {
    return ARGUMENT
        .matcher(arguments)
        .results()
        .map(match -> match.group().replace("\"", ""))
        .toList();
  }
}
