package dev.gatehouse.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in {@code ${env.X}}, {@code ${sys.prop}} and {@code ${X}} (a system property, else an
 * environment variable), each with {@code :default} or {@code :-default}. What is filled in is not
 * looked through again; a default is, if it is used. Immutable.
 */
final class Placeholders {
  private static final String OPEN = "${";
  private static final String ENV = "env.";

  private final Map<String, String> systemProperties;
  private final Map<String, String> environment;

  Placeholders(Map<String, String> systemProperties, Map<String, String> environment) {
    this.systemProperties = systemProperties;
    this.environment = environment;
  }

  /**
   * @param unresolved gets a reason for each placeholder that stays as it is
   */
  String resolve(String text, List<String> unresolved) {
    var resolved = new StringBuilder();
    int from = 0;
    int open = text.indexOf(OPEN);
    while (open >= 0) {
      int close = closing(text, open + OPEN.length());
      if (close < 0) {
        unresolved.add("a ${ has no } after it");
        return text;
      }
      resolved.append(text, from, open);
      resolved.append(value(text.substring(open + OPEN.length(), close), unresolved));
      from = close + 1;
      open = text.indexOf(OPEN, from);
    }
    return resolved.append(text, from, text.length()).toString();
  }

  private String value(String inside, List<String> unresolved) {
    int colon = inside.indexOf(':');
    String name = colon < 0 ? inside : inside.substring(0, colon);
    Optional<String> found = find(name);
    if (found.isPresent()) {
      return found.get();
    }
    if (colon >= 0) {
      int from = inside.startsWith("-", colon + 1) ? colon + 2 : colon + 1;
      return resolve(inside.substring(from), unresolved);
    }
    unresolved.add(
        OPEN + name + "} is not set; set it, or write a default: " + OPEN + name + ":default}");
    return OPEN + inside + "}";
  }

  private Optional<String> find(String name) {
    if (name.startsWith(ENV)) {
      return Optional.ofNullable(environment.get(name.substring(ENV.length())));
    }
    return Optional.ofNullable(systemProperties.get(name))
        .or(() -> Optional.ofNullable(environment.get(name)));
  }

  /** Where the brace closes, counting those of placeholders in a default; -1: nowhere. */
  private static int closing(String text, int from) {
    int depth = 1;
    for (int at = from; at < text.length(); at++) {
      if (text.startsWith(OPEN, at)) {
        depth++;
      } else if (text.charAt(at) == '}' && --depth == 0) {
        return at;
      }
    }
    return -1;
  }
}
