package dev.gatehouse.conformance;

import dev.gatehouse.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The public HTTP cache test suite with its own origin: {@code http-cache-tests} of npm. */
final class SuiteRun implements AutoCloseable {
  private static final String NAME = "http-cache-tests";
  private static final String VERSION = "0.4.5";
  private static final Duration INSTALLED_IN = Duration.ofMinutes(5);
  private static final Duration PLAYED_IN = Duration.ofMinutes(15);

  private final Path directory;
  private final Path scripts;
  private final Path suite;
  private final int port;
  private final Process origin;

  /**
   * What came of a test.
   *
   * @param kind {@code required}, {@code optimal} or {@code check}
   * @param outcome {@code pass}, or what else
   */
  record Verdict(String kind, String outcome, String id, String detail) {
    boolean isPassed() {
      return outcome.equals("pass");
    }

    private static Verdict of(String line) {
      String[] parts = line.strip().split(" ", 4);
      return new Verdict(parts[0], parts[1], parts[2], parts.length < 4 ? "" : parts[3]);
    }
  }

  /** Installs the suite unless it is there, and starts its origin on a free port. */
  SuiteRun() throws IOException, InterruptedException {
    directory = Files.createDirectories(path("gatehouse.it.target").resolve("cache-suite"));
    scripts = path("gatehouse.it.project").resolve("src/test/resources/conformance/cache-suite");
    suite = directory.resolve("node_modules").resolve(NAME);
    install();
    port = freePort();
    origin =
        node(
            "origin", "--require", scripts.resolve("loopback.cjs").toString(), "server/server.mjs");
    Await.until("the suite's origin", this::isListening);
  }

  /** Whether this machine can run it. */
  static boolean isPossible() {
    return Stream.of("node", "npm")
        .allMatch(
            program ->
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .anyMatch(each -> Files.isExecutable(Path.of(each, program))));
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Plays all tests through the proxy at this URL. */
  List<Verdict> play(URI proxy) throws IOException, InterruptedException {
    String base = proxy.toString().replaceAll("/$", "");
    Process client = node(Map.of("npm_config_base", base), "result", "cli.mjs");
    await(client, PLAYED_IN, "result");
    Path result = directory.resolve("result.out");
    String verdicts = scripts.resolve("verdicts.mjs").toString();
    await(
        node("verdicts", verdicts, suite.toString(), result.toString()), INSTALLED_IN, "verdicts");
    return Files.readAllLines(directory.resolve("verdicts.out")).stream().map(Verdict::of).toList();
  }

  @Override
  public void close() {
    origin.destroyForcibly();
  }

  /** Without the scripts of what it depends on: it needs no build. */
  private void install() throws IOException, InterruptedException {
    if (isInstalled()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("npm", "install", "--prefix", "."));
    command.addAll(
        List.of("--no-save", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"));
    command.add(NAME + "@" + VERSION);
    await(start(directory, Map.of(), "npm", command), INSTALLED_IN, "npm");
  }

  private boolean isInstalled() throws IOException {
    Path description = suite.resolve("package.json");
    return Files.exists(description)
        && Files.readString(description).contains("\"version\": \"" + VERSION + "\"");
  }

  private Process node(String output, String... arguments) throws IOException {
    return node(Map.of(), output, arguments);
  }

  /** Its programs look for npm's variables. */
  private Process node(Map<String, String> more, String output, String... arguments)
      throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("npm_config_protocol", "http");
    variables.put("npm_config_port", Integer.toString(port));
    variables.put("npm_config_pidfile", directory.resolve("origin.pid").toString());
    variables.put("npm_config_id", "");
    variables.put("npm_package_config_id", "");
    variables.putAll(more);
    List<String> command = new ArrayList<>(List.of("node", "--no-warnings"));
    command.addAll(List.of(arguments));
    return start(suite, variables, output, command);
  }

  private Process start(
      Path where, Map<String, String> variables, String output, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectOutput(directory.resolve(output + ".out").toFile())
            .redirectError(directory.resolve(output + ".err").toFile());
    builder.environment().putAll(variables);
    return builder.start();
  }

  private void await(Process process, Duration limit, String output)
      throws IOException, InterruptedException {
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          output + " has failed: " + Files.readString(directory.resolve(output + ".err")));
    }
  }

  private boolean isListening() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path path(String property) {
    return Path.of(System.getProperty(property, ""));
  }
}
