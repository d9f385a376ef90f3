package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;

/** Maps a Location that points at a backend to where the client reaches it through us. */
final class RedirectTarget {
  private RedirectTarget() {}

  /**
   * The value for the client.
   *
   * @param location as the backend sent it; anything but an absolute URL there is left alone
   * @param upstream the backend that answered
   * @param publicOrigin scheme and authority as the client sees them, without a slash
   * @param prefix what was taken off the request's path
   */
  static String map(String location, Upstream upstream, String publicOrigin, String prefix) {
    String origin = upstream.origin();
    if (!location.regionMatches(true, 0, origin, 0, origin.length())) {
      return location;
    }
    String rest = location.substring(origin.length());
    if (rest.isEmpty()) {
      rest = "/";
    }
    if (rest.charAt(0) != '/' && rest.charAt(0) != '?' && rest.charAt(0) != '#') {
      return location; // http://host:80 is no prefix of http://host:8080 or http://host.evil
    }
    String base = upstream.basePath();
    if (!base.isEmpty()) {
      boolean under =
          rest.startsWith(base) && (rest.length() == base.length() || isEnd(rest, base.length()));
      if (!under) {
        return location; // outside of what we show
      }
      rest = rest.substring(base.length());
    }
    return publicOrigin + prefix + rest;
  }

  private static boolean isEnd(String rest, int at) {
    char c = rest.charAt(at);
    return c == '/' || c == '?' || c == '#';
  }
}
