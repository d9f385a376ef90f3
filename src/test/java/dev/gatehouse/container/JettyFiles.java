package dev.gatehouse.container;

import dev.gatehouse.container.jetty.JettyContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A copy of the Jetty base that we ship. */
record JettyFiles(Path shippedBase, Path base) implements ServerFiles {
  @Override
  public void prepare(ServerKey key) throws IOException {
    Directories.copy(shippedBase, base);
    Files.delete(base.resolve("webapps/gatehouse.xml")); // tests deploy with their own parameters
    Files.writeString(base.resolve("keystore.password"), ServerKey.PASSWORD);
  }

  @Override
  public Path log() {
    return JettyContainer.log(base);
  }

  @Override
  public Optional<Path> deployedWar() {
    return Optional.of(JettyContainer.war(base)).filter(Files::exists);
  }
}
