package dev.gatehouse.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one {@link SampleBackend} until it is interrupted. */
@Command(
    name = "backend",
    mixinStandardHelpOptions = true,
    description = {
      "A sample backend: echoes each request as JSON; /health answers 200.",
      "In the query: status=503 delay=250ms size=100k cacheControl=max-age=60 abort=middle"
    })
public final class BackendCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<port>", description = "The port to listen on.")
  private int port;

  @Option(names = "--host", description = "The address to listen on (default: 127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = "--tls",
      description = "HTTPS; the default when there is a keystore (see --keystore).")
  private boolean tls;

  @Option(names = "--plain", description = "HTTP without TLS.")
  private boolean plain;

  @Option(
      names = "--keystore",
      paramLabel = "<file>",
      description = "PKCS12 file (default: the demonstration's jetty-base/etc/dev/backend.p12).")
  private @Nullable Path keyStore;

  @Option(
      names = "--keystore-password-file",
      paramLabel = "<file>",
      description = "File that holds the password of --keystore.")
  private @Nullable Path passwordFile;

  @Option(names = "--debug", description = "Prints one line per request.")
  private boolean debug;

  @Spec private @Nullable CommandSpec spec;

  public static void main(String[] args) {
    int status = new CommandLine(new BackendCommand()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    JettyLogs.quiet();
    SampleBackend backend;
    try {
      backend = SampleBackend.start(host, port, keys(), debug);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(backend::close, "backend-stop"));
    System.out.println("Sample backend on " + backend.uri() + " (Ctrl-C ends it)");
    backend.join();
    return 0;
  }

  private Optional<ServerKeys> keys() throws IOException {
    if (tls && plain) {
      throw usage("--tls and --plain exclude each other");
    }
    if ((keyStore == null) != (passwordFile == null)) {
      throw usage("--keystore and --keystore-password-file belong together");
    }
    if (plain) {
      return Optional.empty();
    }
    if (keyStore != null && passwordFile != null) {
      return Optional.of(ServerKeys.read(keyStore, passwordFile));
    }
    DevelopmentFiles files = DevelopmentFiles.ofProject();
    Optional<ServerKeys> keys = files.backendKeys();
    if (keys.isEmpty()) {
      String missing =
          "There is no %s yet (mvn -Pdemo makes it, or java jetty-base/etc/FirstStart.java"
              + " jetty-base/etc/dev)";
      String message = missing.formatted(files.backendKeyStore());
      if (tls) {
        throw usage(message);
      }
      System.out.println(message + ": plain HTTP.");
    }
    return keys;
  }

  private ParameterException usage(String message) {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    return new ParameterException(line, message);
  }
}
