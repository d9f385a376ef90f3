package dev.gatehouse.sample;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends an even load of GET and POST and reports how it was answered. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Sends requests at a fixed rate, whether or not earlier ones are answered.",
    footer = "Exit status: 0 all answered below 400, 1 any failure, 2 bad usage.")
public final class LoadClient implements Callable<Integer> {
  @Option(names = "--url", description = "Where to send them; by default to what no cache keeps.")
  private URI url = URI.create("https://127.0.0.1:8443/test?cacheControl=no-store");

  @Option(names = "--key", description = "The value of X-API-Key.")
  private String key = "test-api-key-123";

  @Option(names = "--rps", description = "Requests per second: 100, 0.5, 30/m.")
  private String rps = "100";

  @Option(names = "--duration", description = "How long: 10, 10s, 1m.")
  private String duration = "10s";

  @Option(names = "--post-ratio", description = "The share of POST, from 0 to 1.")
  private double postRatio = 0.3;

  @Option(names = "--connections", description = "The most connections at once.")
  private int connections = 64;

  @Option(names = "--timeout", description = "Of one request: 10, 500ms.")
  private String timeout = "10s";

  @Option(names = "--http2", description = "HTTP/2 (with http://, by prior knowledge).")
  private boolean http2;

  @Option(
      names = "--insecure",
      description =
          "Any TLS certificate is good. Otherwise the development CA is trusted for localhost"
              + " when there is one, and what Java trusts for other hosts.")
  private boolean insecure;

  @Spec private @Nullable CommandSpec spec;

  public static void main(String[] args) {
    int status = new CommandLine(new LoadClient()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws Exception {
    JettyLogs.quiet();
    LoadSettings settings = settings();
    LoadSchedule schedule =
        LoadSchedule.of(settings.perSecond(), settings.duration(), settings.postRatio());
    Tally tally = new Tally();
    AtomicLong sent = new AtomicLong();
    HttpClient client = LoadTransport.client(settings, DevelopmentFiles.ofProject());
    client.start();
    LoadTransport.connect(client, settings);
    Progress progress = Progress.start(System.out, tally, sent, schedule.count());
    try {
      new OpenLoop(client, settings, schedule, tally, sent).run();
    } finally {
      progress.close();
      client.stop();
    }
    LoadReport.lines(tally).forEach(System.out::println);
    return tally.failures() == 0 ? 0 : 1;
  }

  private LoadSettings settings() {
    try {
      return new LoadSettings(
          url,
          key,
          Units.perSecond(rps),
          seconds(duration),
          postRatio,
          connections,
          seconds(timeout),
          http2,
          insecure);
    } catch (IllegalArgumentException e) {
      CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
      throw new ParameterException(line, e.getMessage(), e);
    }
  }

  private static Duration seconds(String text) {
    return Units.duration(text, ChronoUnit.SECONDS);
  }
}
