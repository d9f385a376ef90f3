package dev.gatehouse.http;

/** The Via field (RFC 9110 §7.6.3): {@code 1.1 name (comment), 2 name:port}. */
public final class Via {
  private Via() {}

  /**
   * Whether the message has been at the proxy of this name, its case aside. Commas count in
   * comments too, so that an open bracket hides nothing.
   */
  public static boolean names(String value, String name) {
    int start = 0;
    while (start < value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      int at = skip(value, start, end, true); // to the protocol
      at = skip(value, at, end, false);
      at = skip(value, at, end, true); // to the name
      if (skip(value, at, end, false) - at == name.length()
          && value.regionMatches(true, at, name, 0, name.length())) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static int skip(String value, int start, int end, boolean blanks) {
    int i = start;
    while (i < end && (value.charAt(i) == ' ' || value.charAt(i) == '\t') == blanks) {
      i++;
    }
    return i;
  }
}
