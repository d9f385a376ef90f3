package dev.gatehouse.container.jetty;

import dev.gatehouse.container.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/**
 * Runs Jetty from its home directory as an operator would, and deploys by context files.
 *
 * <p>Jetty looks for such files when {@link DeploymentScan} asks it to. A listener in the file
 * tells us, through another file, when the application has started, failed or stopped.
 */
public final class JettyContainer implements DeployableContainer<JettyConfiguration> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private JettyConfiguration configuration = new JettyConfiguration();
  private @Nullable Process process;
  private int deployments;

  /** Used by Arquillian. */
  public JettyContainer() {}

  /** The output of the Jetty in that base directory. */
  public static Path log(Path base) {
    return base.resolve("logs/jetty.log");
  }

  /** The WAR in that base directory. */
  public static Path war(Path base) {
    return base.resolve("war/ROOT.war");
  }

  @Override
  public Class<JettyConfiguration> getConfigurationClass() {
    return JettyConfiguration.class;
  }

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return new ProtocolDescription("Servlet 6.0");
  }

  @Override
  public void setup(JettyConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void start() throws LifecycleException {
    Path base = configuration.base();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(configuration.javaVmArguments());
    command.add("-jar");
    command.add(configuration.home().resolve("start.jar").toString());
    command.add("jetty.home=" + configuration.home());
    command.add("jetty.base=" + base);
    command.addAll(configuration.startArguments());
    try {
      for (String directory : List.of("logs", "war", "webapps", "work")) {
        Files.createDirectories(base.resolve(directory));
      }
      Process jetty =
          new ProcessBuilder(command)
              .directory(base.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log(base).toFile())
              .start();
      process = jetty;
      Runtime.getRuntime().addShutdownHook(new Thread(jetty::destroy, "stop-jetty"));
      if (!Deadline.within(PATIENCE, () -> started() || !jetty.isAlive()) || !jetty.isAlive()) {
        jetty.destroyForcibly();
        throw new LifecycleException("Jetty did not start: " + Files.readString(log(base)));
      }
    } catch (IOException e) {
      throw new LifecycleException("Jetty did not start", e);
    }
  }

  @Override
  public void stop() throws LifecycleException {
    Process jetty = process;
    if (jetty == null) {
      return;
    }
    jetty.destroy();
    try {
      if (!jetty.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        jetty.destroyForcibly();
        throw new LifecycleException("Jetty did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LifecycleException("interrupted while Jetty stopped", e);
    }
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
    deployments++;
    try {
      archive.as(ZipExporter.class).exportTo(war(configuration.base()).toFile(), true);
      Path written = Files.writeString(configuration.base().resolve("context.xml"), context());
      Files.move(written, contextFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DeploymentException("Jetty did not get the application", e);
    }
    await("STARTED", "FAILED");
    if (reached("FAILED")) {
      undeploy(archive);
      throw new DeploymentException("Jetty did not start the application, see its log");
    }
    HTTPContext http = new HTTPContext("127.0.0.1", configuration.httpPort());
    return new ProtocolMetaData().addContext(http.add(new Servlet("default", "")));
  }

  @Override
  public void undeploy(Archive<?> archive) throws DeploymentException {
    try {
      if (Files.deleteIfExists(contextFile())) {
        await("STOPPED");
      }
    } catch (IOException e) {
      throw new DeploymentException("Jetty did not lose the application", e);
    }
  }

  private void await(String... lifeCycleStates) throws DeploymentException {
    try (DeploymentScan scan = DeploymentScan.of(configuration.jmxPort())) {
      BooleanSupplier decided =
          () -> {
            scan.run();
            return Stream.of(lifeCycleStates).anyMatch(this::reached);
          };
      if (!Deadline.within(PATIENCE, decided)) {
        throw new DeploymentException(
            "the application is not " + List.of(lifeCycleStates) + ", see Jetty's log");
      }
    } catch (IOException e) {
      throw new DeploymentException("Jetty's JMX does not answer", e);
    }
  }

  private Path contextFile() {
    return configuration.base().resolve("webapps/gatehouse.xml");
  }

  /**
   * A file of its own for each deployment, so that the last one's end is not taken for this one's.
   */
  private Path state() {
    return configuration.base().resolve("gatehouse-" + deployments + ".state");
  }

  private String context() {
    return """
        <?xml version="1.0"?>
        <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
        <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
          <Set name="contextPath">/</Set>
          <Set name="war">%s</Set>
          <Set name="throwUnavailableOnStartupException">true</Set>
          <Call name="addEventListener">
            <Arg>
              <New class="org.eclipse.jetty.util.component.FileNoticeLifeCycleListener">
                <Arg>%s</Arg>
              </New>
            </Arg>
          </Call>
        </Configure>
        """
        .formatted(war(configuration.base()), state());
  }

  private boolean reached(String lifeCycleState) {
    try {
      return Files.exists(state())
          && Files.readString(state()).lines().anyMatch(line -> line.startsWith(lifeCycleState));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean started() {
    try {
      return Files.readString(log(configuration.base())).contains("Started oejs.Server@");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
