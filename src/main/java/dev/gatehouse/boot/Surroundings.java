package dev.gatehouse.boot;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.config.Tls;
import dev.gatehouse.status.StatusSource;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What we are and what we run in, for the log and the status page. */
final class Surroundings {
  private Surroundings() {}

  /** The version of the build. */
  static String version() {
    Properties build = new Properties();
    try (InputStream in = Surroundings.class.getResourceAsStream("version.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version", "unknown");
  }

  static StatusSource.About about(ServletContext context, ProxyConfig config) {
    return new StatusSource.About(
        "Gatehouse",
        version(),
        context.getServerInfo(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        config.debug(),
        warnings(context, config));
  }

  private static List<String> warnings(ServletContext context, ProxyConfig config) {
    List<String> warnings = new ArrayList<>();
    VersionFloor.warning(context.getServerInfo()).ifPresent(warnings::add);
    if (config.tls().verify() == Tls.Verify.NONE) {
      warnings.add(
          "Certificates of backends are not verified (proxy.tls.verify=none):"
              + " anybody between here and there can read and change everything.");
    }
    if (!config.auth().enabled()) {
      warnings.add("Traffic needs no key (proxy.auth.mode=none).");
    }
    return warnings;
  }
}
