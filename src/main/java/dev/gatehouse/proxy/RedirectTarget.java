package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;
import java.util.List;

/** Maps a Location that points at a backend to where the client reaches it through us. */
final class RedirectTarget {
  private RedirectTarget() {}

  /**
   * The value for the client.
   *
   * @param location as a backend sent it; anything but an absolute URL at one of them is left alone
   * @param upstreams the backends of the pool, any of which may be named
   * @param sentHost the Host that the backend saw, by which it may call itself
   * @param publicOrigin scheme and authority as the client sees them, without a slash
   * @param prefix what was taken off the request's path
   */
  static String map(
      String location,
      List<Upstream> upstreams,
      String sentHost,
      String publicOrigin,
      String prefix) {
    for (Upstream upstream : upstreams) {
      String start = upstream.scheme() + "://";
      if (!location.regionMatches(true, 0, start, 0, start.length())) {
        continue;
      }
      String rest = after(location, start + upstream.authority());
      if (rest.isEmpty()) {
        rest = after(location, start + upstream.host() + ":" + upstream.port());
      }
      if (rest.isEmpty()) {
        rest = after(location, start + sentHost);
      }
      if (!rest.isEmpty() && isUnder(upstream.basePath(), rest)) {
        return publicOrigin + prefix + rest.substring(upstream.basePath().length());
      }
    }
    return location;
  }

  /** Path and so on behind an origin; empty if the location is not there. */
  private static String after(String location, String origin) {
    if (!location.regionMatches(true, 0, origin, 0, origin.length())) {
      return "";
    }
    String rest = location.substring(origin.length());
    if (rest.isEmpty()) {
      return "/";
    }
    return isEnd(rest.charAt(0)) ? rest : ""; // http://h:80 is no start of http://h:8080
  }

  private static boolean isUnder(String base, String rest) {
    return rest.startsWith(base)
        && (rest.length() == base.length() || base.isEmpty() || isEnd(rest.charAt(base.length())));
  }

  private static boolean isEnd(char c) {
    return c == '/' || c == '?' || c == '#';
  }
}
