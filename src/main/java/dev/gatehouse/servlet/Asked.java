package dev.gatehouse.servlet;

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
}
