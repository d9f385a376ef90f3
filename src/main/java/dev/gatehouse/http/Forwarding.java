package dev.gatehouse.http;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a proxy says of the client and whom it believes: {@code X-Forwarded-*} and {@code Forwarded}
 * (RFC 7239). Addresses are literals, never resolved.
 */
public final class Forwarding {
  private static final String PREFIX = "X-Forwarded-";

  private static final String[] X_CLIENT = {
    "X-Real-IP",
    "X-Client-IP",
    "X-Cluster-Client-IP",
    "X-Originating-IP",
    "X-Remote-IP",
    "X-Remote-Addr",
    "X-ProxyUser-Ip",
    "X-Azure-ClientIP",
    "X-Azure-SocketIP",
    "X-Envoy-External-Address",
    "X-Appengine-User-IP"
  };
  private static final String[] X_FRONT = {"X-Forwarded", "X-Scheme", "X-Url-Scheme"};
  private static final String[] C_CLIENT = {"Client-IP", "CF-Connecting-IP", "CF-Connecting-IPv6"};
  private static final String[] F_CLIENT = {"Forwarded-For", "Fastly-Client-IP"};

  private Forwarding() {}

  /**
   * Whether a field claims to know the client or the scheme it came by, so that a stranger must not
   * get it past us: all of {@code X-Forwarded-*}, {@code Forwarded}, and the names by which other
   * proxies, balancers and delivery networks say the same.
   */
  public static boolean claims(String name) {
    char first = name.isEmpty() ? ' ' : name.charAt(0);
    return switch (first) {
      case 'x', 'X' ->
          name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
              || isOneOf(X_CLIENT, name)
              || isOneOf(X_FRONT, name);
      case 'c', 'C' -> isOneOf(C_CLIENT, name);
      case 'f', 'F' ->
          name.equalsIgnoreCase("Forwarded")
              || isOneOf(F_CLIENT, name)
              || name.equalsIgnoreCase("Front-End-Https");
      case 't', 'T' -> name.equalsIgnoreCase("True-Client-IP");
      default -> false;
    };
  }

  /** Whether such a field says who asks, and nothing of what is asked for. */
  public static boolean namesClient(String name) {
    return name.equalsIgnoreCase("X-Forwarded-For")
        || isOneOf(X_CLIENT, name)
        || isOneOf(C_CLIENT, name)
        || isOneOf(F_CLIENT, name)
        || name.equalsIgnoreCase("True-Client-IP");
  }

  private static boolean isOneOf(String[] names, String name) {
    for (String each : names) {
      if (each.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** Forwarded without the parameters that are nodes: {@code for} and {@code by}. */
  public static String withoutNodes(String forwarded) {
    StringBuilder rest = new StringBuilder();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= forwarded.length(); i++) {
      char c = i < forwarded.length() ? forwarded.charAt(i) : ',';
      if (quoted && c == '\\' && i + 1 < forwarded.length()) {
        i++; // RFC 9110 §5.6.4: what follows is no end of the quotes
      } else if (c == '"') {
        quoted = !quoted;
      } else if (i >= forwarded.length() || (!quoted && (c == ';' || c == ','))) {
        String pair = forwarded.substring(start, Math.min(i, forwarded.length())).strip();
        if (!pair.regionMatches(true, 0, "for=", 0, 4)
            && !pair.regionMatches(true, 0, "by=", 0, 3)) {
          rest.append(pair).append(c);
        }
        start = i + 1;
      }
    }
    return rest.toString();
  }

  /**
   * The address of the client: the rightmost one of {@code X-Forwarded-For} that no trusted proxy
   * has, as each proxy appends whom it saw. The peer itself when it is not trusted.
   *
   * @param forwardedFor the values of X-Forwarded-For in order, each a comma-separated list
   */
  public static String client(String peer, List<String> forwardedFor, Predicate<String> trusted) {
    String client = peer;
    for (int i = forwardedFor.size() - 1; i >= 0; i--) {
      String[] hops = forwardedFor.get(i).split(",", -1);
      for (int j = hops.length - 1; j >= 0; j--) {
        if (!trusted.test(client)) {
          return client;
        }
        String hop = address(hops[j].strip());
        if (hop.isEmpty()) {
          return client; // nobody vouches for what stands left of a hole
        }
        client = hop;
      }
    }
    return client;
  }

  /**
   * Of a field that proxies append to, what the nearest of them has said: the last element of the
   * last line. What stands before may be a stranger's.
   *
   * @param lines the values in order, each a comma-separated list
   * @return empty if nothing is said
   */
  public static String nearest(Iterable<String> lines) {
    String last = "";
    for (String line : lines) {
      last = line;
    }
    return last.substring(last.lastIndexOf(',') + 1).strip();
  }

  /** X-Forwarded-For for the backend: what trusted proxies said, then the peer. */
  public static String append(List<String> forwardedFor, String peer) {
    return forwardedFor.isEmpty() ? peer : String.join(", ", forwardedFor) + ", " + peer;
  }

  /** One element of Forwarded; IPv6 addresses and ports are quoted (RFC 7239 §6). */
  public static String element(String peer, String host, String scheme) {
    String node = peer.indexOf(':') >= 0 ? "\"[" + peer + "]\"" : peer;
    return "for=" + node + ";host=" + quoted(host) + ";proto=" + scheme;
  }

  /** {@code 192.0.2.1:47} and {@code [2001:db8::1]:47} without port and brackets. */
  private static String address(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? "" : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon > 0 && hop.indexOf(':', colon + 1) < 0 ? hop.substring(0, colon) : hop;
  }

  private static String quoted(String host) {
    if (host.isEmpty()) {
      return "\"\""; // a token is not empty
    }
    for (int i = 0; i < host.length(); i++) {
      if (!Token.isTokenChar(host.charAt(i))) {
        return '"' + host.replace("\\", "\\\\").replace("\"", "\\\"") + '"'; // RFC 9110 §5.6.4
      }
    }
    return host;
  }
}
