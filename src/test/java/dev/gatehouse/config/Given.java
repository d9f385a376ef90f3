package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sources for tests: a valid minimum in the context-params, and what a test puts on top. */
final class Given {
  final Map<String, String> system = new HashMap<>();
  final Map<String, String> environment = new HashMap<>();
  final Map<String, Map<String, String>> init = new HashMap<>();
  final Map<String, String> context = new HashMap<>();
  final Map<String, String> insideWar = new HashMap<>();

  static Given nothing() {
    return new Given();
  }

  static Given valid() {
    var given = new Given();
    given.context.put("proxy.backends", "http://127.0.0.1:8080");
    given.context.put("proxy.auth.mode", "none");
    return given;
  }

  Given context(String name, String value) {
    context.put(name, value);
    return this;
  }

  Given system(String name, String value) {
    system.put(name, value);
    return this;
  }

  Given environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Given init(String part, String name, String value) {
    init.computeIfAbsent(part, p -> new HashMap<>()).put(name, value);
    return this;
  }

  Loaded load() {
    return Loaded.from(sources());
  }

  ProxyConfig config() {
    return Loaded.from(sources()).config();
  }

  ConfigException failure() {
    return catchThrowableOfType(ConfigException.class, this::load);
  }

  List<Problem> problems() {
    return failure().problems();
  }

  /** The one line that a single problem makes. */
  String problem() {
    List<Problem> problems = problems();
    if (problems.size() != 1) {
      throw new AssertionError("not one problem: " + problems);
    }
    return problems.get(0).toString();
  }

  Sources sources() {
    return new Sources(
        system,
        environment,
        init,
        context,
        "/shop",
        "gatehouse-0a1b2c",
        path -> Optional.ofNullable(insideWar.get(path)));
  }
}
