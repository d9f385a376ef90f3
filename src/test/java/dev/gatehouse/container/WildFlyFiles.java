package dev.gatehouse.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/** WildFly's base, which the adapter copies from the home: we change the home's configuration. */
record WildFlyFiles(Path home, Path base) implements ServerFiles {
  private static final String WELCOME = "<location name=\"/\" handler=\"welcome-content\"/>";

  @Override
  public void prepare(ServerKey key) throws IOException {
    Path configuration = home.resolve("standalone/configuration");
    Files.copy(
        key.file(),
        configuration.resolve("application.keystore"),
        StandardCopyOption.REPLACE_EXISTING);
    Path standalone = configuration.resolve("standalone.xml");
    Files.writeString(standalone, Files.readString(standalone).replace(WELCOME, ""));
  }

  @Override
  public Path log() {
    return base.resolve("log/server.log");
  }

  @Override
  public Optional<Path> deployedWar() throws IOException {
    Path content = base.resolve("data/content");
    if (!Files.isDirectory(content)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.find(content, 3, (path, type) -> path.endsWith("content"))) {
      return files.filter(Files::isRegularFile).findFirst();
    }
  }
}
