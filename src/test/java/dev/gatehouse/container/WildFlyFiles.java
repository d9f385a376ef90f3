package dev.gatehouse.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/** WildFly's base, which the adapter copies from the home: we change the home's configuration. */
record WildFlyFiles(Path home, Path base) implements ServerFiles {
  /** The bytes that the listener {@code limited} takes in a body. */
  static final int LIMIT = 40_000;

  private static final String WELCOME = "<location name=\"/\" handler=\"welcome-content\"/>";
  private static final String UNLIMITED = " max-post-size=\"0\"";
  private static final String LIMITED =
      "<http-listener socket-binding=\"limited\" name=\"limited\" max-post-size=\"%d\" enable-http2=\"true\"/>"
          .formatted(LIMIT);
  private static final String PORT =
      "<socket-binding name=\"limited\" port=\"${gatehouse.it.limited}\"/>";

  @Override
  public void prepare(ServerKey key) throws IOException {
    Path configuration = home.resolve("standalone/configuration");
    Files.copy(
        key.file(),
        configuration.resolve("application.keystore"),
        StandardCopyOption.REPLACE_EXISTING);
    Path standalone = configuration.resolve("standalone.xml");
    Files.writeString(standalone, changed(Files.readString(standalone)));
  }

  /**
   * The root for us, bodies of any size as the README has it, and one listener that limits them.
   */
  private static String changed(String standalone) {
    if (standalone.contains(LIMITED)) {
      return standalone; // by an earlier run
    }
    return standalone
        .replace(WELCOME, "")
        .replace("<http-listener name=", LIMITED + "<http-listener" + UNLIMITED + " name=")
        .replace("<https-listener name=", "<https-listener" + UNLIMITED + " name=")
        .replace("<socket-binding name=\"http\"", PORT + "<socket-binding name=\"http\"");
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
