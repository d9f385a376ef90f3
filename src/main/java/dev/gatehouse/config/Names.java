package dev.gatehouse.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.gatehouse.config.Name.Foreign;
import dev.gatehouse.config.Name.Known;
import dev.gatehouse.config.Name.Unknown;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which parameter a name means, in each kind of source. Immutable. */
final class Names {
  private static final String FILE = "_FILE";
  private static final String AT = "proxy@";
  private static final String ENVIRONMENT = "PROXY_";
  private static final int CLOSE = 2;

  private static final Map<String, Known> DOTTED = dottedNames();
  private static final Map<String, Known> UPPER =
      DOTTED.entrySet().stream()
          .collect(
              toUnmodifiableMap(e -> Parameter.environmentName(e.getKey()), Map.Entry::getValue));

  private final String instance;

  /**
   * @param instance empty: none
   */
  Names(String instance) {
    this.instance = instance;
  }

  /** In system properties and context-params, which we share with others. */
  Name dotted(String name) {
    if (name.startsWith(Parameter.PREFIX)) {
      return dotted(name, false);
    }
    if (!name.startsWith(AT)) {
      return new Foreign("");
    }
    if (instance.isEmpty()) {
      return new Foreign("is for a named instance, but proxy.instance is not set: ignored");
    }
    String ours = AT + instance + ".";
    return name.startsWith(ours)
        ? dotted(Parameter.PREFIX + name.substring(ours.length()), true)
        : new Foreign("");
  }

  /** In a file of ours, where every name should be ours. */
  Name inFile(String name) {
    return name.startsWith(AT) || name.startsWith(Parameter.PREFIX)
        ? dotted(name)
        : new Unknown("unknown name" + suggestion(Parameter.PREFIX + name));
  }

  /** In the environment, where other software uses {@code PROXY_} as well. */
  Name environment(String name) {
    if (!name.startsWith(ENVIRONMENT)) {
      return new Foreign("");
    }
    Optional<Known> plain = upper(name);
    if (plain.isPresent()) {
      return plain.get();
    }
    String ours = ENVIRONMENT + Parameter.environmentName(instance) + "_";
    if (!instance.isEmpty() && name.startsWith(ours)) {
      Optional<Known> specific = upper(ENVIRONMENT + name.substring(ours.length()));
      if (specific.isPresent()) {
        return specific.get().forThisInstance();
      }
    }
    if (!Families.isUpper(name) && forAnotherInstance(name)) {
      return new Foreign(instance.isEmpty() ? "seems to be for a named instance: ignored" : "");
    }
    return Nearest.of(name, with(UPPER.keySet(), Families.likeUpper(name)), CLOSE)
        .<Name>map(near -> new Unknown("unknown name; did you mean " + near + "?"))
        .orElseGet(() -> new Foreign("is no parameter of this proxy: ignored"));
  }

  /**
   * In the init-params of a servlet or filter of ours.
   *
   * @param part such as {@code servlet proxy}
   */
  Name initParam(String part, String name) {
    if (name.startsWith(Parameter.PREFIX) || name.startsWith(AT)) {
      return dotted(name);
    }
    Map<String, Known> bare = bareNames(part);
    Known known = bare.get(name);
    if (known != null) {
      return known;
    }
    return new Unknown(
        "unknown name"
            + Nearest.of(name, bare.keySet(), CLOSE)
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> suggestion(Parameter.PREFIX + name)));
  }

  private static Name dotted(String name, boolean specific) {
    Optional<Known> known = Optional.ofNullable(DOTTED.get(name)).or(() -> Families.dotted(name));
    if (known.isEmpty()) {
      return new Unknown(
          Families.hasBadId(name)
              ? "the id in it must be of letters, digits, - and _"
              : "unknown name" + suggestion(name));
    }
    return specific ? known.get().forThisInstance() : known.get();
  }

  private static Optional<Known> upper(String name) {
    return Optional.ofNullable(UPPER.get(name)).or(() -> Families.upper(name));
  }

  /** {@code PROXY_}, some name, {@code _}, and a parameter's own name. */
  private static boolean forAnotherInstance(String name) {
    int at = name.indexOf('_', ENVIRONMENT.length());
    while (at > 0) {
      Optional<Known> rest = upper(ENVIRONMENT + name.substring(at + 1));
      if (rest.isPresent() && !rest.get().alias()) {
        return true;
      }
      at = name.indexOf('_', at + 1);
    }
    return false;
  }

  private static String suggestion(String name) {
    if (name.endsWith(FILE)) {
      Name base = dotted(name.substring(0, name.length() - FILE.length()), false);
      if (base instanceof Known known) {
        return "; only secrets can be read from a file: write " + known.parameter().name();
      }
    }
    String leaf = name.substring(name.lastIndexOf('.') + 1);
    List<String> sameLeaf =
        Parameters.ALL.stream()
            .filter(row -> row.leaf().equalsIgnoreCase(leaf))
            .map(Parameter::name)
            .toList();
    int most = Math.max(CLOSE, (name.length() - Parameter.PREFIX.length()) / 3);
    return Nearest.of(name, with(DOTTED.keySet(), Families.likeDotted(name)), most)
        .or(() -> sameLeaf.stream().findFirst())
        .map(near -> "; did you mean " + near + "?")
        .orElse("");
  }

  private static Set<String> with(Set<String> names, Set<String> more) {
    var all = new HashSet<>(names);
    all.addAll(more);
    return all;
  }

  private static Map<String, Known> dottedNames() {
    var names = new HashMap<String, Known>();
    Parameters.ALL.stream()
        .filter(row -> !Families.ROWS.contains(row))
        .forEach(row -> row.dottedNames().forEach(name -> add(names, row, name)));
    return Map.copyOf(names);
  }

  private static Map<String, Known> bareNames(String part) {
    var names = new HashMap<String, Known>();
    for (Parameter row : Parameters.ALL) {
      if (row.owner().part().equals(part)) {
        add(names, row, row.leaf());
      }
      if (Owner.PROXY.part().equals(part)) {
        row.aliases().forEach(alias -> add(names, row, alias));
      }
    }
    return names;
  }

  private static void add(Map<String, Known> names, Parameter row, String name) {
    boolean alias = !name.equals(row.name()) && !name.equals(row.leaf());
    names.put(name, new Known(row, alias, false, false));
    if (row.secret()) {
      names.put(name + FILE, new Known(row, alias, true, false));
    }
  }
}
