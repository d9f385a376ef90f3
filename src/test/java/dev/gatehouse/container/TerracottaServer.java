package dev.gatehouse.container;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Terracotta server from its kit, on ports of its own; with each start it begins empty. */
public final class TerracottaServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path home;
  private final Path directory;
  private final Ports ports = Ports.reserve();
  private @Nullable Process process;

  /**
   * Does not run yet.
   *
   * @param home the kit's {@code server}
   * @param directory for its files
   */
  public TerracottaServer(Path home, Path directory) {
    this.home = home;
    this.directory = directory;
  }

  /** With the name of a cache. */
  public URI address() {
    return URI.create("terracotta://127.0.0.1:" + ports.http() + "/gatehouse");
  }

  /** Returns when it serves. */
  public void start() throws IOException {
    Directories.delete(directory);
    for (String each : List.of("config", "log", "metadata", "data")) {
      Files.createDirectories(directory.resolve(each));
    }
    Path output = directory.resolve("output.log");
    Process started =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process = started;
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "stop-terracotta"));
    Await.until(
        "a Terracotta server, see " + output,
        PATIENCE,
        () -> Files.readString(output).contains("Moved to State[ ACTIVE-COORDINATOR ]"));
  }

  /** What its start script would run, without the shell around it. */
  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:MaxDirectMemorySize=1g",
        "-Dtc.install-root=" + home,
        "-jar",
        home.resolve("lib/tc.jar").toString(),
        "-auto-activate",
        "-cluster-name",
        "it",
        "-stripe-name",
        "stripe",
        "-name",
        "one",
        "-failover-priority",
        "availability",
        "-hostname",
        "127.0.0.1",
        "-bind-address",
        "127.0.0.1",
        "-group-bind-address",
        "127.0.0.1",
        "-port",
        Integer.toString(ports.http()),
        "-group-port",
        Integer.toString(ports.https()),
        "-offheap-resources",
        "main:128MB",
        "-config-dir",
        directory.resolve("config").toString(),
        "-log-dir",
        directory.resolve("log").toString(),
        "-metadata-dir",
        directory.resolve("metadata").toString(),
        "-data-dirs",
        "main:" + directory.resolve("data"));
  }

  /** As if its machine had lost power. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError("the Terracotta server does not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    kill();
  }
}
