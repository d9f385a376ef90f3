package dev.gatehouse.proxy;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.SetCookie;

/**
 * Maps a cookie's Domain and Path from a backend's to our own. Without it, a Domain that names a
 * backend makes browsers drop the cookie, and a Path under its base keeps them from returning it.
 *
 * @param which of the two is mapped
 * @param pool any backend of it may be named
 * @param prefix what was taken off the request's path
 */
record CookieMapping(ProxyConfig.RewriteCookies which, UpstreamPool pool, String prefix) {
  /** Whether there is anything to do at all. */
  boolean isOn() {
    return which != ProxyConfig.RewriteCookies.OFF;
  }

  /**
   * The Set-Cookie for the client.
   *
   * @param answering who sent it, who may have left the pool meanwhile
   * @param sentHost the Host that it saw, by which it may call itself
   * @param publicHost the authority that the client sees
   */
  String map(String cookie, Upstream answering, String sentHost, String publicHost) {
    return SetCookie.map(
        cookie,
        domain -> which.domain() ? domain(domain, answering, sentHost, publicHost) : domain,
        path -> which.path() ? path(path, answering.basePath()) : path);
  }

  private String domain(String domain, Upstream answering, String sentHost, String publicHost) {
    String name = domain.startsWith(".") ? domain.substring(1) : domain; // RFC 6265 §5.2.3
    boolean backends =
        name.equalsIgnoreCase(withoutPort(sentHost)) || name.equalsIgnoreCase(answering.host());
    for (Candidate candidate : pool.candidates()) {
      backends |= name.equalsIgnoreCase(candidate.upstream().host());
    }
    String own = withoutPort(publicHost);
    return backends && !name.equalsIgnoreCase(own) ? own : domain;
  }

  /** The reverse of {@link TargetUri}: for the client, the base path is where the prefix is. */
  private String path(String path, String basePath) {
    if (!path.startsWith("/") || !path.startsWith(basePath)) {
      return path; // RFC 6265 §5.2.4: no path at all, or one outside of the backend's
    }
    String rest = path.substring(basePath.length());
    if (!rest.isEmpty() && rest.charAt(0) != '/') {
      return path; // /base, not /baseless
    }
    boolean whole = rest.isEmpty() || (basePath.isEmpty() && rest.equals("/"));
    if (whole) {
      return prefix.isEmpty() ? "/" : prefix; // /api matches /api/x and /api (§5.1.4)
    }
    return prefix + rest;
  }

  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}
