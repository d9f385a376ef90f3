package dev.gatehouse.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs the proxy in Jetty before four sample backends until it is interrupted. */
public final class Demo {
  private final DemoSettings settings;
  private final DevelopmentFiles files;
  private final Teardown teardown = new Teardown();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  private Demo(DemoSettings settings, DevelopmentFiles files) {
    this.settings = settings;
    this.files = files;
  }

  public static void main(String[] args) throws InterruptedException {
    JettyLogs.quiet();
    int status;
    try {
      DemoSettings settings = DemoSettings.of(System.getProperties());
      status = new Demo(settings, DevelopmentFiles.ofProject()).run();
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(e.getMessage());
      status = 1;
    }
    if (status != 0) {
      System.exit(status);
    }
  }

  private int run() throws IOException, InterruptedException {
    List<String> inUse = settings.portsInUse();
    if (!inUse.isEmpty()) {
      inUse.forEach(System.err::println);
      return 1;
    }
    Thread hook = new Thread(teardown::close, "demo-teardown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      files.make(settings.httpsPort());
      DemoBackends backends = teardown.keep(this::newBackends);
      backends.startAll();
      JettyProcess jetty = teardown.keep(() -> JettyProcess.start(settings, files.jettyBase()));
      jetty.awaitAnswer();
      banner().forEach(System.out::println);
      var unused = jetty.onExit().thenAccept(this::jettyEnded);
      listen(backends);
      return end.join();
    } catch (IOException e) {
      if (teardown.isClosed()) {
        return 0; // interrupted while starting
      }
      throw e;
    } finally {
      teardown.close();
    }
  }

  private DemoBackends newBackends() throws IOException {
    return new DemoBackends(settings.backendPort(), files.backendKeys());
  }

  private void jettyEnded(int status) {
    if (!teardown.isClosed()) {
      System.err.println("Jetty ended by itself with status " + status + ": so does the demo.");
    }
    end.complete(status == 0 ? 1 : status);
  }

  /** Follows what is typed; the end of the input ends nothing, since there may be none at all. */
  private void listen(DemoBackends backends) {
    Thread console =
        new Thread(
            () -> {
              try {
                follow(backends);
              } catch (IOException e) {
                System.err.println("No more commands: " + e.getMessage());
              }
            },
            "demo-console");
    console.setDaemon(true);
    console.start();
  }

  private void follow(DemoBackends backends) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isBlank()) {
        continue;
      }
      try {
        DemoCommand command = DemoCommand.parse(line);
        switch (command.verb()) {
          case STOP -> System.out.println(backends.stop(command.backend()));
          case START -> System.out.println(backends.start(command.backend()));
          case QUIT -> {
            end.complete(0);
            return;
          }
        }
      } catch (IllegalArgumentException | IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private List<String> banner() throws IOException {
    String https = "https://127.0.0.1:" + settings.httpsPort();
    return List.of(
        "",
        "Gatehouse is up.",
        "  Proxy:       " + https + " (HTTP/2) and http://127.0.0.1:" + settings.httpPort(),
        "  Backends:    " + settings.backends().replace(",", " "),
        "  Status page: " + https + "/_proxy/status",
        "  Admin key:   " + files.adminKey(),
        "  Try:         curl -k https://localhost:"
            + settings.httpsPort()
            + "/test -H 'X-API-Key: test-api-key-123'",
        "  Type:        " + DemoCommand.HELP + "; Ctrl-C ends all of it.",
        "");
  }
}
