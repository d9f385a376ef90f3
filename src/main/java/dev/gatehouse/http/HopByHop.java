package dev.gatehouse.http;

import java.util.Set;
import java.util.TreeSet;

/** Which fields concern one connection only and are never forwarded (RFC 9110 §7.6.1). */
public final class HopByHop {
  /** RFC 9110 §7.6.1, §11.7; Keep-Alive and Proxy-Connection are RFC 9112 appendix C.2. */
  private static final Set<String> ALWAYS =
      caseInsensitive(
          "Connection",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade");

  private HopByHop() {}

  /** Whether the field is hop-by-hop whatever Connection says. */
  public static boolean always(String name) {
    return ALWAYS.contains(name);
  }

  /**
   * The fields that a message's Connection fields nominate, besides those that are always
   * hop-by-hop.
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
        if (option.isEmpty() || option.equalsIgnoreCase("close") || always(option)) {
          continue;
        }
        if (names.isEmpty()) {
          names = caseInsensitive();
        }
        names.add(option);
      }
    }
    return names;
  }

  private static Set<String> caseInsensitive(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(Set.of(names));
    return set;
  }
}
