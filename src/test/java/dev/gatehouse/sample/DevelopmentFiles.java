package dev.gatehouse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The keys that {@code jetty-base/etc/FirstStart.java} makes for the demonstration.
 *
 * @param jettyBase the directory that holds {@code etc}
 */
record DevelopmentFiles(Path jettyBase) {
  /** Those of this project, wherever Maven was started. */
  static DevelopmentFiles ofProject() {
    return new DevelopmentFiles(Path.of(System.getProperty("basedir", ""), "jetty-base"));
  }

  private Path directory() {
    return jettyBase.resolve("etc").resolve("dev");
  }

  Path backendKeyStore() {
    return directory().resolve("backend.p12");
  }

  Path passwordFile() {
    return directory().resolve("keystore.password");
  }

  Path caCertificate() {
    return directory().resolve("ca.pem");
  }

  String adminKey() throws IOException {
    return Files.readString(directory().resolve("admin-key")).strip();
  }

  /** The sample backends' key, if the first start was. */
  Optional<ServerKeys> backendKeys() throws IOException {
    return Files.exists(backendKeyStore())
        ? Optional.of(ServerKeys.read(backendKeyStore(), passwordFile()))
        : Optional.empty();
  }

  /**
   * Makes what is missing and waits for it.
   *
   * @param httpsPort the proxy's port in the printed address of the status page
   */
  void make(int httpsPort) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                javaCommand(),
                jettyBase.resolve("etc").resolve("FirstStart.java").toString(),
                directory().toString(),
                Integer.toString(httpsPort))
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("the development keys could not be made");
    }
  }

  /** The Java launcher that this program runs on. */
  static String javaCommand() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
