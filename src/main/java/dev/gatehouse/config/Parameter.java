package dev.gatehouse.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One parameter as the operator knows it: a row of the README's table.
 *
 * @param name with {@code <id>} where there is one for each route or pool
 * @param defaultText as the operator would write it, or the name of the parameter whose value
 *     counts instead; empty: none
 * @param owner where the last word of the name suffices
 * @param aliases names from other proxies, without {@code proxy.}
 */
public record Parameter(
    String name, Kind kind, String defaultText, String meaning, Owner owner, List<String> aliases) {
  static final String PREFIX = "proxy.";

  public Parameter {
    aliases = List.copyOf(aliases);
  }

  Parameter(String name, Kind kind, String defaultText, String meaning) {
    this(name, kind, defaultText, meaning, Owner.NONE, List.of());
  }

  static Parameter row(String name, Kind kind, String defaultText, String meaning) {
    return new Parameter(name, kind, defaultText, meaning);
  }

  Parameter of(Owner owner) {
    return new Parameter(name, kind, defaultText, meaning, owner, aliases);
  }

  Parameter alias(String... aliases) {
    return new Parameter(name, kind, defaultText, meaning, owner, List.of(aliases));
  }

  /** The parameter whose value counts where this one is not given. */
  Optional<String> general() {
    return defaultText.startsWith(PREFIX) ? Optional.of(defaultText) : Optional.empty();
  }

  /** Whether its value is hidden everywhere and may come from a {@code _FILE}. */
  public boolean secret() {
    return kind.secret();
  }

  /** The value as messages may show it. */
  String shown(String value) {
    return secret() ? Secret.MASK : Problem.withoutUserInfo(value);
  }

  /** The name of an environment variable that means the same as a dotted name. */
  static String environmentName(String dotted) {
    var name = new StringBuilder();
    dotted
        .toUpperCase(Locale.ROOT)
        .chars()
        .forEach(c -> name.append(c < 128 && Character.isLetterOrDigit(c) ? (char) c : '_'));
    return name.toString();
  }

  /** The last word of the name. */
  String leaf() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The name and all other names it goes by, dotted. */
  Stream<String> dottedNames() {
    return Stream.concat(Stream.of(name), aliases.stream().map(alias -> PREFIX + alias));
  }
}
