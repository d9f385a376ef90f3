package dev.gatehouse.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The server that this run tests: its addresses, its log and its files.
 *
 * <p>There is one for each JVM that runs tests. It is laid out when first asked for, which {@link
 * ServerExtension} does before Arquillian reads its configuration.
 */
public final class ServerUnderTest {
  private static final ServerUnderTest CURRENT =
      new ServerUnderTest(
          property("arquillian.launch"),
          Path.of(property("gatehouse.it.project")),
          Path.of(property("gatehouse.it.target")),
          Path.of(property("gatehouse.it.home")));

  private final String name;
  private final Path war;
  private final Path parameters;
  private final Path base;
  private final ServerKey key;
  private final Ports ports;
  private final ServerFiles files;

  private ServerUnderTest(String name, Path project, Path target, Path home) {
    Path directory = target.resolve("it").resolve(name);
    this.name = name;
    this.war = target.resolve("gatehouse.war");
    this.parameters = directory.resolve("gatehouse.properties");
    this.base = directory.resolve("base");
    this.ports = Ports.reserve();
    this.files = ServerFiles.of(name, project, home, base);
    try {
      Directories.delete(directory);
      Files.createDirectories(base);
      this.key = ServerKey.create(directory.resolve("keystore.p12"));
      files.prepare(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making the key", e);
    }
  }

  public static ServerUnderTest current() {
    return CURRENT;
  }

  /** The qualifier in {@code arquillian.xml}: {@code jetty}, {@code tomcat10} and so on. */
  public String name() {
    return name;
  }

  /** The root of the WAR over plain HTTP: HTTP/1.1 and, by prior knowledge or upgrade, HTTP/2. */
  public URI http() {
    return URI.create("http://127.0.0.1:" + ports.http() + "/");
  }

  /** The root of the WAR over TLS: HTTP/1.1 and HTTP/2. */
  public URI https() {
    return URI.create("https://127.0.0.1:" + ports.https() + "/");
  }

  /** On WildFly the port of a listener that takes no body over {@link WildFlyFiles#LIMIT}. */
  int limitedPort() {
    return ports.limited();
  }

  /** For a client of {@link #https()}. */
  public SSLContext trust() {
    return key.trust();
  }

  /** The WAR that the build has made. */
  public Path war() {
    return war;
  }

  /** The server's own directory of this run, which tests may leave something in. */
  Path base() {
    return base;
  }

  /** The server's own copy of the WAR while it is deployed. */
  public Optional<Path> deployedWar() {
    try {
      return files.deployedWar();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a deployment that has failed must be undeployed before the next one. */
  boolean keepsWhatFailed() {
    return files.keepsWhatFailed();
  }

  /** The file outside the WAR to which {@code proxy.config} points. */
  Path parameters() {
    return parameters;
  }

  /** What the server has logged since it started; empty before it does. */
  public String log() {
    try {
      Path log = files.log();
      return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code arquillian.xml} refers to. */
  Map<String, String> properties() {
    return Map.of(
        "gatehouse.it.base", base.toString(),
        "gatehouse.it.http", Integer.toString(ports.http()),
        "gatehouse.it.https", Integer.toString(ports.https()),
        "gatehouse.it.management", Integer.toString(ports.management()),
        "gatehouse.it.limited", Integer.toString(ports.limited()),
        "gatehouse.it.keystore", key.file().toString(),
        "gatehouse.it.password", ServerKey.PASSWORD,
        "gatehouse.it.parameters", parameters.toUri().toString());
  }

  private static String property(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .orElseThrow(() -> new IllegalStateException(name + " is not set; run mvn verify"));
  }
}
