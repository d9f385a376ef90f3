package dev.gatehouse.http;

import java.util.Set;
import java.util.TreeSet;

/** Which fields concern one connection only and are never forwarded (RFC 9110 §7.6.1). */
public final class HopByHop {
  private HopByHop() {}

  /** Whether the field is hop-by-hop whatever Connection says. */
  public static boolean always(String name) {
    // RFC 9110 §7.6.1, §11.7; Keep-Alive and Proxy-Connection are RFC 9112 appendix C.2,
    // HTTP2-Settings is RFC 7540 §3.2.1. By length, since this is asked of every field.
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("TE");
      case 7 -> name.equalsIgnoreCase("Trailer") || name.equalsIgnoreCase("Upgrade");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
      case 16 -> name.equalsIgnoreCase("Proxy-Connection");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
      case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
      case 25 -> name.equalsIgnoreCase("Proxy-Authentication-Info");
      default -> false;
    };
  }

  /**
   * The fields that a message's Connection fields nominate, besides those that are always
   * hop-by-hop. All are removed, whatever they are for, but Content-Length: its framing is not the
   * sender's to take away.
   *
   * @param connection the values of all Connection fields
   * @return a set that ignores case; empty for the usual {@code close} and {@code keep-alive}
   */
  public static Set<String> nominated(Iterable<String> connection) {
    Set<String> names = Set.of();
    for (String value : connection) {
      int start = 0;
      while (start <= value.length()) {
        int comma = value.indexOf(',', start);
        int end = comma < 0 ? value.length() : comma;
        String option = value.substring(start, end).strip();
        start = end + 1;
        if (option.isEmpty() || isNoField(option) || always(option)) {
          continue;
        }
        if (names.isEmpty()) {
          names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        }
        names.add(option);
      }
    }
    return names;
  }

  private static boolean isNoField(String option) {
    return option.equalsIgnoreCase("close") || option.equalsIgnoreCase("Content-Length");
  }
}
