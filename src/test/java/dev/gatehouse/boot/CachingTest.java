package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.Problem;
import dev.gatehouse.config.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingTest {
  @TempDir private Path directory;

  @Test
  void aDiskThatCanNotBeOursIsToldWithTheOtherProblems() throws IOException {
    Files.createFile(directory.resolve("gatehouse-cache"));
    Map<String, String> params = params();
    params.put("proxy.cache.methods", "PUT");
    assertThat(problems(params))
        .extracting(Problem::name)
        .containsExactlyInAnyOrder("proxy.cache.methods", "proxy.cache.disk");
  }

  @Test
  void aDirectoryThatCanNotBeMadeIsOneProblemAndIsNotMade() {
    Map<String, String> params = params();
    params.put("proxy.cache.disk", directory.resolve("no/such").toString());
    assertThat(problems(params)).hasSize(1);
    assertThat(directory.resolve("no")).doesNotExist();
  }

  @Test
  void aDiskIsOfNoConcernWithoutACache() throws IOException {
    Files.createFile(directory.resolve("gatehouse-cache"));
    Map<String, String> params = params();
    params.put("proxy.cache.enabled", "false");
    assertThat(load(params).config().cache().enabled()).isFalse();
  }

  private Map<String, String> params() {
    Map<String, String> params = new HashMap<>();
    params.put("proxy.backends", "http://127.0.0.1:8080");
    params.put("proxy.auth.mode", "none");
    params.put("proxy.cache.disk", directory.toString());
    return params;
  }

  private static List<Problem> problems(Map<String, String> params) {
    return Assertions.catchThrowableOfType(ConfigException.class, () -> load(params)).problems();
  }

  private static Loaded load(Map<String, String> params) {
    Sources sources =
        new Sources(Map.of(), Map.of(), Map.of(), params, "/", "us", path -> Optional.empty());
    return Loaded.from(sources, config -> Caching.problems(config.cache()));
  }
}
