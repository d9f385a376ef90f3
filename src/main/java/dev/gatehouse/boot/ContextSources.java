package dev.gatehouse.boot;

import dev.gatehouse.config.Sources;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Gathers the places that parameters come from in a container. */
final class ContextSources {
  private static final String OURS = "dev.gatehouse.";

  private ContextSources() {}

  static Sources of(ServletContext context, RandomGenerator random) {
    Map<String, String> contextParams = new HashMap<>();
    for (String name : Collections.list(context.getInitParameterNames())) {
      put(contextParams, name, context.getInitParameter(name));
    }
    return new Sources(
        systemProperties(),
        System.getenv(),
        initParams(context),
        contextParams,
        context.getContextPath(),
        "gatehouse-" + HexFormat.of().toHexDigits(random.nextInt(), 6),
        path -> read(context, path));
  }

  private static Map<String, String> systemProperties() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      put(properties, name, System.getProperty(name));
    }
    return properties;
  }

  private static Map<String, Map<String, String>> initParams(ServletContext context) {
    Map<String, Map<String, String>> all = new HashMap<>();
    context
        .getServletRegistrations()
        .forEach((name, registration) -> add(all, "servlet " + name, registration));
    context
        .getFilterRegistrations()
        .forEach((name, registration) -> add(all, "filter " + name, registration));
    return all;
  }

  /** The container's own have init-params of theirs; a JSP has no class. */
  private static void add(
      Map<String, Map<String, String>> all, String part, Registration registration) {
    String type = registration.getClassName();
    if (type != null && type.startsWith(OURS)) {
      all.put(part, registration.getInitParameters());
    }
  }

  private static void put(Map<String, String> into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  private static Optional<String> read(ServletContext context, String path) {
    try (InputStream in = context.getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty(); // the configuration reports it as missing
    }
  }
}
