package dev.gatehouse.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;

/**
 * The WAR, deployed at the root of the server under test with parameters from outside it.
 *
 * <p>A test class declares the archive, {@code @Deployment(name = Gatehouse.NAME, managed = false,
 * testable = false) static WebArchive war() { return Gatehouse.war(); }}, and deploys it before all
 * tests or in one of them. What is still deployed after a class's tests, Arquillian undeploys.
 */
public final class Gatehouse implements AutoCloseable {
  /** The name of the deployment. */
  public static final String NAME = "gatehouse";

  private static final AtomicReference<@Nullable ClassDeployer> DEPLOYER = new AtomicReference<>();

  private final ClassDeployer deployer;

  private Gatehouse(ClassDeployer deployer) {
    this.deployer = deployer;
  }

  /** The archive to return from the method with {@code @Deployment}. */
  public static WebArchive war() {
    return ExactWar.archive();
  }

  /**
   * Deploys the WAR.
   *
   * @param parameters the content of the file that {@code proxy.config} names
   * @throws DeploymentFailed if the WAR does not start; then nothing is deployed
   */
  public static Gatehouse deploy(Map<String, String> parameters) {
    ClassDeployer deployer = DEPLOYER.get();
    if (deployer == null) {
      throw new IllegalStateException("not in a test of Arquillian");
    }
    ServerUnderTest server = ServerUnderTest.current();
    write(parameters);
    try {
      deployer.deploy(NAME);
    } catch (Exception e) {
      if (server.keepsWhatFailed()) {
        deployer.undeploy(NAME);
      }
      throw new DeploymentFailed(e);
    }
    return new Gatehouse(deployer);
  }

  /** Its root over plain HTTP, see {@link ServerUnderTest#http()}. */
  public URI http() {
    return ServerUnderTest.current().http();
  }

  /** Its root over TLS, see {@link ServerUnderTest#https()}. */
  public URI https() {
    return ServerUnderTest.current().https();
  }

  /** Undeploys the WAR. */
  @Override
  public void close() {
    deployer.undeploy(NAME);
  }

  static void deployWith(ClassDeployer deployer) {
    DEPLOYER.set(deployer);
  }

  static void write(Map<String, String> parameters) {
    Properties properties = new Properties();
    properties.putAll(parameters);
    try (Writer out = Files.newBufferedWriter(ServerUnderTest.current().parameters())) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server has refused the WAR; its log says why. */
  public static final class DeploymentFailed extends RuntimeException {
    private DeploymentFailed(Throwable cause) {
      super("not deployed on " + ServerUnderTest.current().name(), cause);
    }
  }
}
