package dev.gatehouse.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Tomcat base: the home's configuration under ours, no application but the manager. */
record TomcatFiles(Path ours, Path home, Path base) implements ServerFiles {
  @Override
  public void prepare(ServerKey key) throws IOException {
    Directories.copy(home.resolve("conf"), base.resolve("conf"));
    Directories.copy(ours, base);
    for (String directory : List.of("logs", "temp", "webapps", "work")) {
      Files.createDirectories(base.resolve(directory));
    }
  }

  @Override
  public Path log() {
    return base.resolve("logs/server.log");
  }

  @Override
  public Optional<Path> deployedWar() {
    return Optional.of(base.resolve("webapps/ROOT.war")).filter(Files::exists);
  }

  @Override
  public boolean keepsWhatFailed() {
    return true;
  }
}
