package dev.gatehouse.servlet;

import dev.gatehouse.http.Forwarding;
import dev.gatehouse.http.Target;
import jakarta.servlet.http.HttpServletRequest;

/** What a request asks for, read in one way by all. */
public final class Asked {
  private static final String OWN_PAGES = "/_proxy";
  private static final String LIVE = "/_proxy/live";
  private static final String READY = "/_proxy/ready";

  private Asked() {}

  /** Whether for our own pages: by the servlet path, as the container has decoded and mapped it. */
  public static boolean ownPages(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.startsWith(OWN_PAGES)
        && (path.length() == OWN_PAGES.length() || path.charAt(OWN_PAGES.length()) == '/');
  }

  /** Whether only if we live and take requests, which needs no key and says no more than that. */
  public static boolean vitalSigns(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.equals(LIVE) || path.equals(READY);
  }

  /**
   * The authority that is asked. HTTP/2 on Tomcat has no Host field, so the container's idea of it
   * has to do.
   */
  public static String authority(HttpServletRequest request) {
    String host = ServletFields.of(request).first("Host").orElse("");
    if (!host.isEmpty()) {
      return host;
    }
    int port = request.getServerPort();
    String name = request.getServerName();
    String literal = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    return port == (request.isSecure() ? 443 : 80) ? literal : literal + ":" + port;
  }

  /**
   * The scheme that the client used: what a trusted proxy before us says, or else the connection's.
   */
  public static String scheme(HttpServletRequest request) {
    String own = request.isSecure() ? "https" : "http";
    if (!Exchange.of(request).peerTrusted()) {
      return own;
    }
    String said = Forwarding.nearest(ServletFields.of(request).all("X-Forwarded-Proto"));
    return said.equals("http") || said.equals("https") ? said : own;
  }

  /**
   * The authority in the one spelling that the cache knows it by (RFC 9110 §4.2.3): a backend that
   * makes links of it must not be told another, or one client's would be in what others get.
   */
  public static String normalAuthority(HttpServletRequest request) {
    return Target.authority(scheme(request), authority(request));
  }

  /** The port in it, or the scheme's own. */
  public static String port(HttpServletRequest request) {
    String authority = normalAuthority(request);
    int colon = authority.lastIndexOf(':');
    if (colon > authority.lastIndexOf(']')) {
      return authority.substring(colon + 1);
    }
    return scheme(request).equals("https") ? "443" : "80";
  }
}
