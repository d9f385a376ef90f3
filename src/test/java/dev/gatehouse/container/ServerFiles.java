package dev.gatehouse.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where one kind of server keeps its files; everything it writes is below its base directory. */
interface ServerFiles {
  /** Lays out an empty base directory, or what the server needs in its place. */
  void prepare(ServerKey key) throws IOException;

  /** The file to which the server logs. */
  Path log();

  /** The server's own copy of the WAR that is deployed. */
  Optional<Path> deployedWar() throws IOException;

  /** Whether an application that does not start stays deployed. */
  default boolean keepsWhatFailed() {
    return false;
  }

  static ServerFiles of(String server, Path project, Path home, Path base) {
    return switch (server) {
      case "jetty" -> new JettyFiles(project.resolve("jetty-base"), base);
      case "tomcat10", "tomcat11" ->
          new TomcatFiles(project.resolve("src/test/tomcat"), home, base);
      case "wildfly" -> new WildFlyFiles(home, base);
      default -> throw new IllegalArgumentException("arquillian.launch=" + server);
    };
  }
}
