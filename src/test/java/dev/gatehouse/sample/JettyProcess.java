package dev.gatehouse.sample;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Jetty with the project's {@code jetty-base}, as a process of its own that ends with this one. */
final class JettyProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final Process process;
  private final URI http;

  private JettyProcess(Process process, URI http) {
    this.process = process;
    this.http = http;
  }

  static JettyProcess start(DemoSettings settings, Path jettyBase) throws IOException {
    Process process =
        new ProcessBuilder(
                DevelopmentFiles.javaCommand(),
                "-jar",
                settings.jettyHome().resolve("start.jar").toString(),
                "jetty.base=" + jettyBase.toAbsolutePath(),
                "jetty.http.port=" + settings.httpPort(),
                "jetty.ssl.port=" + settings.httpsPort(),
                "gatehouse.backends=" + settings.backends())
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new JettyProcess(process, URI.create("http://127.0.0.1:" + settings.httpPort() + "/"));
  }

  /** Completes with Jetty's exit status when it has ended. */
  CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Waits until Jetty answers, whatever it answers: it opens its ports after the WAR has started.
   *
   * @throws IOException when it ends instead, or does not answer in time
   */
  void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!answers()) {
      if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
        throw new IOException("Jetty ended with status " + process.exitValue());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("Jetty did not answer within " + LONGEST_START.toSeconds() + " s");
      }
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection connection = (HttpURLConnection) http.toURL().openConnection();
      connection.setConnectTimeout(2000);
      connection.setReadTimeout(2000);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status > 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
