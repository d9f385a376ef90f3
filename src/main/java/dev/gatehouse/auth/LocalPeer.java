package dev.gatehouse.auth;

import dev.gatehouse.http.Forwarding;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/** Tells whether somebody on this machine asks, and not another proxy on it for a stranger. */
final class LocalPeer {
  private LocalPeer() {}

  static boolean asks(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    if (!peer.startsWith("127.") && !peer.equals("::1") && !peer.equals("0:0:0:0:0:0:0:1")) {
      return false;
    }
    Enumeration<String> names = request.getHeaderNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement();
      if (Forwarding.claims(name) || name.equalsIgnoreCase("Via")) {
        return false;
      }
    }
    return true;
  }
}
