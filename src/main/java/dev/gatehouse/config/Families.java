package dev.gatehouse.config;

import static dev.gatehouse.config.Kind.FLAG;
import static dev.gatehouse.config.Kind.HOST;
import static dev.gatehouse.config.Kind.HOSTS;
import static dev.gatehouse.config.Kind.NAME;
import static dev.gatehouse.config.Kind.PATH;
import static dev.gatehouse.config.Kind.PATTERN;
import static dev.gatehouse.config.Kind.URLS;

import dev.gatehouse.config.Name.Known;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters that there are once for each route or pool, and what their names mean. An id is
 * the same in any case and with {@code -} for {@code _}, since an environment variable has neither.
 */
final class Families {
  static final String ROUTE = "proxy.route.";
  static final String POOL = "proxy.pool.";
  private static final String ID = "<id>";

  private static final List<Parameter> OWN =
      List.of(
          row(
              ROUTE,
              "path",
              PATTERN,
              "/*",
              "which paths: `/shop/*`, or `/shop` for that one alone"),
          row(ROUTE, "host", HOSTS, "", "which hosts: `shop.example`, `*.shop.example`; none: any"),
          row(ROUTE, "pool", NAME, "", "where to; not set: the pool of the same id, or `default`"),
          row(ROUTE, "prefix", PATH, "proxy.prefix", "taken off the path on its way to the pool"),
          row(ROUTE, "preserveHost", FLAG, "proxy.preserveHost", "for this route"),
          row(ROUTE, "hostHeader", HOST, "proxy.hostHeader", "for this route"),
          row(POOL, "backends", URLS, "", "required: its backends, as in `proxy.backends`"));

  /** A pool has a row of its own for each of those that pools share. */
  static final List<Parameter> ROWS =
      Stream.concat(OWN.stream(), PoolParameters.ROWS.stream().map(Families::ofPool)).toList();

  private Families() {}

  /** Whether it is of one certain route or pool. */
  static boolean isMember(Parameter parameter) {
    return scope(parameter).isPresent();
  }

  /** The start that the names of all parameters of its route or pool have. */
  static Optional<String> scope(Parameter parameter) {
    String name = parameter.name();
    return Set.of(ROUTE, POOL).stream()
        .filter(name::startsWith)
        .findAny()
        .map(family -> name.substring(0, name.indexOf('.', family.length()) + 1));
  }

  /** The id at the end of such a start. */
  static String idIn(String scope) {
    return scope.substring(scope.lastIndexOf('.', scope.length() - 2) + 1, scope.length() - 1);
  }

  /** The form in which two spellings of one id are equal. */
  static String plain(String id) {
    return id.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static boolean isId(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c -> c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  static Optional<Parameter> member(String name) {
    return dotted(name).map(Known::parameter);
  }

  static Optional<Known> dotted(String name) {
    return find(name, false).filter(found -> isId(found.id()));
  }

  static boolean hasBadId(String name) {
    return find(name, false).filter(found -> !isId(found.id())).isPresent();
  }

  /** Whether the variable can only be one of these: no instance is called so. */
  static boolean isUpper(String variable) {
    return variable.startsWith("PROXY_ROUTE_") || variable.startsWith("PROXY_POOL_");
  }

  /** What an environment variable means. */
  static Optional<Known> upper(String name) {
    return find(name, true)
        .filter(found -> isId(found.id()))
        .map(found -> new Known(found.parameter(), false, false, false));
  }

  /** Names that there are for the id in a dotted name that may be misspelt around it. */
  static Set<String> likeDotted(String name) {
    String[] words = name.split("\\.", -1);
    return words.length > 2 && isId(words[2]) ? names(words[2], false) : Set.of();
  }

  /** The same for an environment variable, in which any words might be the id. */
  static Set<String> likeUpper(String name) {
    var names = new HashSet<String>();
    String[] words = name.split("_", -1);
    String id = "";
    for (int i = 2; i < words.length - 1; i++) {
      id = id.isEmpty() ? words[i] : id + "_" + words[i];
      names.addAll(names(id, true));
    }
    return names;
  }

  private static Set<String> names(String id, boolean upper) {
    var names = new HashSet<String>();
    ROWS.forEach(row -> names.add(head(row, upper) + id + tail(row, upper)));
    return names;
  }

  private static Optional<Known> find(String name, boolean upper) {
    for (Parameter row : ROWS) {
      String head = head(row, upper);
      String tail = tail(row, upper);
      int end = name.length() - tail.length();
      if (end > head.length() && name.startsWith(head) && name.endsWith(tail)) {
        String id = name.substring(head.length(), end);
        String own = head(row, false) + plain(id) + tail(row, false);
        var member =
            new Parameter(
                own, row.kind(), row.defaultText(), row.meaning(), row.owner(), row.aliases());
        return Optional.of(new Known(member, false, false, false, id));
      }
    }
    return Optional.empty();
  }

  private static String head(Parameter row, boolean upper) {
    String head = row.name().substring(0, row.name().indexOf(ID));
    return upper ? Parameter.environmentName(head) : head;
  }

  private static String tail(Parameter row, boolean upper) {
    String tail = row.name().substring(row.name().indexOf(ID) + ID.length());
    return upper ? Parameter.environmentName(tail) : tail;
  }

  private static Parameter row(
      String family, String leaf, Kind kind, String defaultText, String meaning) {
    return new Parameter(family + ID + "." + leaf, kind, defaultText, meaning);
  }

  /** What all pools share unless they say otherwise. */
  private static Parameter ofPool(Parameter shared) {
    String leaf = shared.name().substring(Parameter.PREFIX.length());
    return row(POOL, leaf, shared.kind(), shared.name(), "for this pool");
  }
}
