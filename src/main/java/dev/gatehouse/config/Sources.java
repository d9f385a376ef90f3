package dev.gatehouse.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All places that parameters are read from, as plain values; {@code boot} gathers them.
 *
 * @param initParams of our own servlets and filters, by {@code "servlet proxy"}, {@code "filter
 *     auth"} and the like
 * @param contextPath the default of {@code proxy.prefix}
 * @param pseudonym our name in Via unless one is set; another one at each start
 * @param insideWar the text of a file in the WAR, by its path from {@code /WEB-INF/} on
 */
public record Sources(
    Map<String, String> systemProperties,
    Map<String, String> environment,
    Map<String, Map<String, String>> initParams,
    Map<String, String> contextParams,
    String contextPath,
    String pseudonym,
    Function<String, Optional<String>> insideWar) {

  public Sources {
    systemProperties = Map.copyOf(systemProperties);
    environment = Map.copyOf(environment);
    initParams = Map.copyOf(initParams);
    contextParams = Map.copyOf(contextParams);
  }

  /** Names nothing: the values may be secrets. */
  @Override
  public String toString() {
    return "Sources";
  }
}
