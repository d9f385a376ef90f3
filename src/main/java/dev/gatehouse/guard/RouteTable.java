package dev.gatehouse.guard;

import dev.gatehouse.config.ProxyConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The routes in the order in which they are tried: the longest path first, of equal ones the path
 * alone before what lies below it; then a host by its name before those below a name, the longest
 * such name first, and any host last. Immutable.
 */
public final class RouteTable {
  private static final Comparator<Entry> ORDER =
      Comparator.comparing((Entry entry) -> -entry.path.length())
          .thenComparing(entry -> entry.below)
          .thenComparing(Entry::hostRank)
          .thenComparing(entry -> -entry.host.length());

  private final Entry[] entries;

  public RouteTable(List<ProxyConfig.Route> routes) {
    List<Entry> all = new ArrayList<>();
    for (ProxyConfig.Route route : routes) {
      List<String> hosts = route.match().hosts();
      (hosts.isEmpty() ? List.of("") : hosts).forEach(host -> all.add(Entry.of(route, host)));
    }
    all.sort(ORDER);
    entries = all.toArray(Entry[]::new);
  }

  /** The routes, each where it is first tried. */
  public List<ProxyConfig.Route> routes() {
    Set<ProxyConfig.Route> routes = new LinkedHashSet<>();
    for (Entry entry : entries) {
      routes.add(entry.choice.route());
    }
    return List.copyOf(routes);
  }

  /**
   * The route of a request.
   *
   * @param host as {@code http.HostName} makes it; empty: none, which only routes for any host take
   * @param path raw, from the server's root; nothing in it is decoded or normalised
   */
  public RouteChoice choose(String host, String path) {
    boolean known = false;
    for (Entry entry : entries) {
      if (entry.isFor(host)) {
        if (entry.holds(path)) {
          return entry.choice;
        }
        known = true;
      }
    }
    return known ? RouteChoice.Nowhere.NO_PATH : RouteChoice.Nowhere.NO_HOST;
  }

  /**
   * One host of one route.
   *
   * @param path without the star
   * @param below whether the path stands for all below it as well
   * @param host a name, a name's end from the dot on, or empty for any
   */
  private record Entry(RouteChoice.Along choice, String path, boolean below, String host) {

    static Entry of(ProxyConfig.Route route, String host) {
      String path = route.match().path();
      boolean below = path.endsWith("/*");
      return new Entry(
          new RouteChoice.Along(route),
          below ? path.substring(0, path.length() - 2) : path,
          below,
          host.startsWith("*") ? host.substring(1) : host);
    }

    int hostRank() {
      return host.isEmpty() ? 2 : host.charAt(0) == '.' ? 1 : 0;
    }

    boolean isFor(String asked) {
      return switch (hostRank()) {
        case 0 -> asked.equals(host);
        case 1 -> asked.endsWith(host);
        default -> true;
      };
    }

    boolean holds(String asked) {
      return asked.startsWith(path)
          && (asked.length() == path.length() || (below && asked.charAt(path.length()) == '/'));
    }
  }
}
