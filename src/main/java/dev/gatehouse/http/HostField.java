package dev.gatehouse.http;

/**
 * Whether a Host field is one: {@code uri-host [":" port]} (RFC 9110 §7.2). Of the names of RFC
 * 3986 §3.2.2 those that may be a host's: no escapes and none of {@code !$&'()*+,;=}, of which a
 * comma would make two hosts of one.
 */
public final class HostField {
  private HostField() {}

  /** Whether it is a name, an IPv4 address or an IPv6 address in brackets, with or without port. */
  public static boolean isValid(String value) {
    boolean literal = value.startsWith("[");
    int end = literal ? value.indexOf(']') + 1 : nameEnd(value);
    boolean host = literal ? end > 0 && isIpv6(value, 1, end - 1) : isName(value, end);
    return host && (end == value.length() || (value.charAt(end) == ':' && isPort(value, end + 1)));
  }

  private static int nameEnd(String value) {
    int colon = value.indexOf(':');
    return colon < 0 ? value.length() : colon;
  }

  /** Labels with dots between them; one dot may end a name. */
  private static boolean isName(String value, int end) {
    char before = '.';
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      boolean dot = c == '.';
      if (dot ? before == '.' : !Ascii.isAlphanumeric(c) && "-_~".indexOf(c) < 0) {
        return false;
      }
      before = c;
    }
    return end > 0;
  }

  /** None after the colon is the scheme's own (RFC 9110 §4.2.3). */
  private static boolean isPort(String value, int start) {
    int port = 0;
    for (int i = start; i < value.length(); i++) {
      char c = value.charAt(i);
      port = Ascii.isDigit(c) ? port * 10 + (c - '0') : Integer.MAX_VALUE;
      if (port > 65_535) {
        return false;
      }
    }
    return port > 0 || start == value.length();
  }

  /** Eight groups, or fewer around one {@code ::}; the last two may be an IPv4 address. */
  private static boolean isIpv6(String value, int start, int end) {
    int groups = 0;
    boolean shortened = false;
    int i = start;
    if (value.startsWith("::", start)) {
      shortened = true;
      i += 2;
    }
    while (i < end) {
      int next = groupEnd(value, i, end);
      if (next < end && value.charAt(next) == '.') {
        groups += 2;
        return isIpv4(value, i, end) && (shortened ? groups < 8 : groups == 8);
      }
      if (next == i || next - i > 4) {
        return false;
      }
      groups++;
      i = next;
      if (i < end) {
        if (value.charAt(i) != ':' || i + 1 == end) {
          return false;
        }
        i++;
        if (value.charAt(i) == ':') {
          if (shortened) {
            return false;
          }
          shortened = true;
          i++;
        }
      }
    }
    return shortened ? groups < 8 : groups == 8;
  }

  private static int groupEnd(String value, int start, int end) {
    int i = start;
    while (i < end && Ascii.isHexDigit(value.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isIpv4(String value, int start, int end) {
    int octets = 0;
    int digits = 0;
    int octet = 0;
    for (int i = start; i < end; i++) {
      char c = value.charAt(i);
      if (c == '.' && digits > 0) {
        octets++;
        digits = 0;
        octet = 0;
      } else if (Ascii.isDigit(c) && (digits == 0 || octet > 0)) { // no leading zero
        digits++;
        octet = octet * 10 + (c - '0');
      } else {
        return false;
      }
      if (octet > 255) {
        return false;
      }
    }
    return octets == 3 && digits > 0;
  }
}
