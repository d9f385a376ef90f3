package dev.gatehouse.http;

import java.util.Locale;

/** The host of a Host field, in the one form in which hosts are compared. */
public final class HostName {
  private HostName() {}

  /**
   * In lower case (RFC 9110 §4.2.3), without port and without the dot of the root; an IPv6 literal
   * with all of its groups. Nothing is looked up, and punycode stays as it is.
   *
   * @param authority {@code host} or {@code host:port}
   * @return empty for what is neither a name of letters, digits, hyphens, underscores and dots nor
   *     an IPv6 literal in brackets, so that no part of it can be taken for a host
   */
  public static String normal(String authority) {
    if (authority.startsWith("[")) {
      return literal(authority);
    }
    int colon = authority.indexOf(':');
    int end = colon < 0 ? authority.length() : colon;
    if (!isPort(authority, end)) {
      return "";
    }
    if (end > 0 && authority.charAt(end - 1) == '.') {
      end--;
    }
    char before = '.';
    for (int i = 0; i < end; i++) {
      char c = authority.charAt(i);
      if (c == '.' ? before == '.' : !isNameChar(c)) {
        return "";
      }
      before = c;
    }
    return before == '.' ? "" : authority.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private static String literal(String authority) {
    int end = authority.indexOf(']');
    if (end < 0 || authority.indexOf('%') >= 0 || !isPort(authority, end + 1)) {
      return ""; // a zone means something on one machine only (RFC 6874 §4)
    }
    String inside = authority.substring(1, end);
    IpAddress address = inside.indexOf(':') < 0 ? null : IpAddress.parse(inside);
    if (address == null) {
      return "";
    }
    StringBuilder normal = new StringBuilder(42).append('[');
    append(normal, address.high());
    append(normal.append(':'), address.low());
    return normal.append(']').toString();
  }

  private static void append(StringBuilder normal, long groups) {
    for (int shift = 48; shift >= 0; shift -= 16) {
      normal.append(Long.toHexString(groups >>> shift & 0xffff)).append(shift > 0 ? ":" : "");
    }
  }

  /** Whether nothing follows, or a colon and a port, which may be empty (RFC 3986 §3.2.3). */
  private static boolean isPort(String authority, int from) {
    if (from < authority.length() && authority.charAt(from) != ':') {
      return false;
    }
    for (int i = from + 1; i < authority.length(); i++) {
      if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
