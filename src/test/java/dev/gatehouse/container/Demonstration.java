package dev.gatehouse.container;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/** The demonstration as {@code mvn -Pdemo} runs it, from a fresh copy of {@code jetty-base}. */
final class Demonstration implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern ADMIN_KEY = Pattern.compile("Admin key: +(\\S+)");

  private final Path directory;
  private final Ports ports;
  private final Process process;

  private Demonstration(Path directory, Ports ports, Process process) {
    this.directory = directory;
    this.ports = ports;
    this.process = process;
  }

  /**
   * Returns at once.
   *
   * @param directory for its files; whatever it has is deleted
   * @param environment more of it than ours
   */
  static Demonstration start(Path directory, Map<String, String> environment) throws IOException {
    Path project = Path.of(System.getProperty("gatehouse.it.project"));
    Directories.delete(directory);
    Path base = Files.createDirectories(directory.resolve("jetty-base"));
    Directories.copy(project.resolve("jetty-base"), base);
    Directories.delete(base.resolve("etc/dev")); // as after a clone
    Path war = Files.createDirectory(directory.resolve("target")).resolve("gatehouse.war");
    Files.copy(Path.of(System.getProperty("gatehouse.it.target"), "gatehouse.war"), war);
    Ports ports = Ports.reserve();
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dbasedir=" + directory, // first, as what is read of a command line is cut
            "-cp",
            System.getProperty("java.class.path"),
            "-Ddemo.jettyHome=" + System.getProperty("gatehouse.it.home"),
            "-Ddemo.httpPort=" + ports.http(),
            "-Ddemo.httpsPort=" + ports.https(),
            "-Ddemo.backendPort=" + ports.firstOfFour(),
            "dev.gatehouse.sample.Demo");
    command.environment().putAll(environment);
    Process process =
        command
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.log").toFile())
            .start();
    return new Demonstration(directory, ports, process);
  }

  /** Waits until it says that it is up. */
  void awaitReady() {
    Await.until(
        "Gatehouse is up, or the end",
        PATIENCE,
        () -> output().contains("Type: ") || !process.isAlive());
  }

  /** Waits for its end by itself; its exit status. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  /** Those that live and have its directory in their command line: itself and its Jetty. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains(directory.toString()))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** Asks it to end, as Ctrl-C does. */
  void interrupt() {
    process.destroy();
  }

  /** All that it and Jetty have written. */
  String output() throws IOException {
    return Files.readString(directory.resolve("output.log"));
  }

  /** The admin key that it has printed. */
  String adminKey() throws IOException {
    Matcher printed = ADMIN_KEY.matcher(output());
    if (!printed.find()) {
      throw new AssertionError("no admin key in\n" + output());
    }
    return printed.group(1);
  }

  int httpsPort() {
    return ports.https();
  }

  /** What backends are called in {@code X-Backend-Server}. */
  List<String> backends() {
    int first = ports.firstOfFour();
    return IntStream.range(first, first + 4).mapToObj(port -> "127.0.0.1:" + port).toList();
  }

  /** Believes the development CA that the first start has made, and no other. */
  SSLContext trust() throws IOException, GeneralSecurityException {
    try (InputStream pem = Files.newInputStream(directory.resolve("jetty-base/etc/dev/ca.pem"))) {
      return ServerKey.trusting(CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
  }

  /** Leaves nothing running, whatever the test has come to. */
  @Override
  public void close() {
    processes().forEach(ProcessHandle::destroyForcibly);
    ports.close();
  }
}
