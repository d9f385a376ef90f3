package dev.gatehouse.config;

import dev.gatehouse.config.ProxyConfig.Guard;
import dev.gatehouse.config.ProxyConfig.Match;
import dev.gatehouse.config.ProxyConfig.Route;
import dev.gatehouse.http.HostName;
import dev.gatehouse.http.RequestPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the routes, {@code proxy.route.<id>...}, and what must hold between them and the pools. */
final class RoutesReader {
  /** The id of the route and the pool that {@code proxy.backends} makes. */
  static final String DEFAULT = "default";

  private final Params params;
  private final String contextPath;
  private final Guard guard;
  private final Map<String, String> pools = new TreeMap<>(); // by plain id
  private final Set<String> unused = new LinkedHashSet<>();
  private final Map<String, String> taken = new HashMap<>(); // what is matched, and by which route

  RoutesReader(Params params, String contextPath, Guard guard, List<PoolConfig> pools) {
    this.params = params;
    this.guard = guard;
    this.contextPath = contextPath;
    pools.forEach(pool -> this.pools.put(Families.plain(pool.id()), pool.id()));
    unused.addAll(this.pools.keySet());
  }

  List<Route> read() {
    Map<String, String> ids = params.ids(Families.ROUTE);
    if (params.isSet(PoolsReader.SHORT) || (ids.isEmpty() && params.ids(Families.POOL).isEmpty())) {
      ids.putIfAbsent(DEFAULT, DEFAULT);
    }
    var routes = new ArrayList<Route>();
    ids.forEach((id, written) -> routes.add(route(Families.ROUTE + id + ".", written)));
    if (ids.keySet().stream().allMatch(id -> params.sound(Families.ROUTE + id + ".pool"))) {
      unused.forEach(this::refuseUnused);
    }
    return routes;
  }

  private Route route(String scope, String id) {
    String path = params.requiredText(scope + "path", Syntax::isPattern);
    List<String> hosts = hosts(scope + "host");
    String prefix = params.text(scope + "prefix", Syntax::isPath).orElse(contextPath);
    checkSpelling(scope + "path", path);
    checkReach(scope, id, path, prefix);
    checkAlone(scope, id, path, hosts);
    return new Route(
        id,
        new Match(path, hosts),
        prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix,
        params.flag(scope + "preserveHost"),
        hostHeader(scope),
        pool(scope));
  }

  /** What the route says itself beats what all routes say. */
  private Optional<String> hostHeader(String scope) {
    Optional<String> host = params.text(scope + "hostHeader", Syntax::isAuthority);
    boolean keeps = params.isSet(scope + "preserveHost") && params.flag(scope + "preserveHost");
    return keeps && !params.isSet(scope + "hostHeader") ? Optional.empty() : host;
  }

  /** In the form in which hosts are compared. */
  private List<String> hosts(String name) {
    Setting setting = params.setting(name);
    Set<String> hosts = new LinkedHashSet<>();
    for (String entry : Params.list(setting)) {
      boolean wild = entry.startsWith("*.");
      String host = HostName.normal(wild ? entry.substring(2) : entry);
      boolean port = entry.lastIndexOf(':') > entry.lastIndexOf(']');
      if (host.isEmpty() || port || (wild && host.startsWith("["))) {
        params.refuse(setting, entry, Kind.HOSTS.wanted());
      } else {
        hosts.add(wild ? "*." + host : host);
      }
    }
    return List.copyOf(hosts);
  }

  private String pool(String scope) {
    String name = scope + "pool";
    Optional<String> chosen = params.text(name, Families::isId).map(Families::plain);
    String id =
        chosen.orElseGet(
            () -> pools.containsKey(Families.idIn(scope)) ? Families.idIn(scope) : DEFAULT);
    unused.remove(id);
    if (!pools.containsKey(id) && params.sound(name)) {
      String known = "write " + String.join(" or ", pools.values());
      if (chosen.isPresent()) {
        params.refuse(name, "there is no such pool: " + known);
      } else {
        params.require(name, "required, as no pool has the route's id: " + known);
      }
    }
    return pools.getOrDefault(id, id);
  }

  /** Rules see paths in one spelling; in another one a route would never match. */
  private void checkSpelling(String name, String pattern) {
    if (!guard.strictPaths() || !params.sound(name)) {
      return;
    }
    boolean open = pattern.endsWith("/*");
    String path = open ? pattern.substring(0, pattern.length() - 1) : pattern;
    String seen = RequestPath.strict(path, guard.encodedSlash());
    if (seen.equals(RequestPath.REFUSED)) {
      params.refuse(name, "the front refuses such a path; see proxy.guard.paths");
    } else if (!seen.equals(path)) {
      params.refuse(name, "write it as routes see it: " + seen + (open ? "*" : ""));
    }
  }

  /** A route that no request can take is a slip. */
  private void checkReach(String scope, String id, String path, String prefix) {
    String name = scope + "path";
    if (!params.sound(name) || !params.sound(scope + "prefix")) {
      return;
    }
    if (!meets(path, contextPath)) {
      params.refuse(name, "lies outside of " + contextPath + ", where this application is");
    } else if (!meets(path, prefix)) {
      params.refuse(
          scope + "prefix",
          "no path of route " + id + ", which is for " + path + ", starts with it");
    }
  }

  /** Whether a path that the pattern matches can lie under the prefix. */
  private static boolean meets(String pattern, String prefix) {
    String under = prefix.endsWith("/") ? prefix : prefix + "/";
    boolean open = pattern.endsWith("/*");
    String path = open ? pattern.substring(0, pattern.length() - 1) : pattern;
    return (path.endsWith("/") ? path : path + "/").startsWith(under)
        || (open && under.startsWith(path));
  }

  private void checkAlone(String scope, String id, String path, List<String> hosts) {
    if (!params.sound(scope + "path") || !params.sound(scope + "host")) {
      return;
    }
    Set<String> others = new HashSet<>();
    for (String host : hosts.isEmpty() ? List.of("any host") : hosts) {
      String other = taken.putIfAbsent(host + " " + path, id);
      if (other != null && others.add(other)) {
        params.refuse(
            scope + "path", "route " + other + " has the same path for " + host + "; change one");
      }
    }
  }

  private void refuseUnused(String id) {
    boolean shortForm = id.equals(DEFAULT) && params.isSet(PoolsReader.SHORT);
    params.require(
        shortForm ? PoolsReader.SHORT : Families.POOL + id + ".backends",
        "no route uses this pool: name it in a proxy.route.<id>.pool, or take it out");
  }
}
