package dev.gatehouse.proxy;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Upstream;
import java.util.List;

/** Maps a Location that points at a backend to where the client reaches it through us. */
final class RedirectTarget {
  private RedirectTarget() {}

  /**
   * The value for the client.
   *
   * @param location as a backend sent it; anything but an absolute URL at one of them is left alone
   * @param answering who sent it, who may have left the pool meanwhile
   * @param pool any of which may be named
   * @param sentHost the Host that the backend saw, by which it may call itself
   * @param publicOrigin scheme and authority as the client sees them, without a slash
   * @param prefix what was taken off the request's path
   */
  static String map(
      String location,
      Upstream answering,
      List<Candidate> pool,
      String sentHost,
      String publicOrigin,
      String prefix) {
    Upstream named = answering;
    String path = pathAt(named, location, sentHost);
    for (int i = 0; path.isEmpty() && i < pool.size(); i++) {
      named = pool.get(i).upstream();
      path = pathAt(named, location, sentHost);
    }
    return path.isEmpty()
        ? location
        : publicOrigin + prefix + path.substring(named.basePath().length());
  }

  /** Path and so on, base path included; empty if the location is not at this backend. */
  private static String pathAt(Upstream upstream, String location, String sentHost) {
    int host = upstream.scheme().length() + "://".length();
    if (!location.regionMatches(true, 0, upstream.origin(), 0, host)) {
      return "";
    }
    String rest = after(location, host, upstream.authority());
    if (rest.isEmpty()) {
      rest = after(location, host, upstream.host() + ":" + upstream.port());
    }
    if (rest.isEmpty()) {
      rest = after(location, host, sentHost);
    }
    return isUnder(upstream.basePath(), rest) ? rest : "";
  }

  /** What is behind an authority; empty if that is not what begins here. */
  private static String after(String location, int from, String authority) {
    if (!location.regionMatches(true, from, authority, 0, authority.length())) {
      return "";
    }
    String rest = location.substring(from + authority.length());
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
