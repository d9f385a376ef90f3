package dev.gatehouse.http;

/**
 * What rules see of a request's raw path, so that no spelling of a path leads past a rule. The
 * backend always gets the raw path; a path that backends may read in another way than rules is
 * refused.
 */
public final class RequestPath {
  /** In place of a rule path, which always starts with a slash. */
  public static final String REFUSED = "";

  private static final String HEX = "0123456789ABCDEF";

  private final String raw;
  private final boolean encodedSlash;
  private final StringBuilder rule;
  private int segment; // where its name begins in the rule path
  private boolean parameters; // of the segment, which rules do not see

  private RequestPath(String raw, boolean encodedSlash) {
    this.raw = raw;
    this.encodedSlash = encodedSlash;
    this.rule = new StringBuilder(raw.length());
  }

  /**
   * The path without parameters and without escapes that are not needed, such as {@code %61} for
   * {@code a} (RFC 3986 §6.2.2.2); the hexadecimal digits of others are capitals (§6.2.2.1).
   *
   * @param encodedSlash whether {@code %2F} may stand in it, which remains as it is
   * @return {@link #REFUSED} for a path with dot segments, empty segments, backslashes or control
   *     characters, plain or escaped, for one that is not UTF-8, and for what is no path at all
   */
  public static String strict(String raw, boolean encodedSlash) {
    if (!isAbsolute(raw)) {
      return REFUSED;
    }
    char before = ' ';
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == ';' || (c == '.' && before == '/')) {
        return new RequestPath(raw, encodedSlash).strictly();
      }
      if (!isVisible(c) || c == '\\' || (c == '/' && before == '/')) {
        return REFUSED;
      }
      before = c;
    }
    return raw;
  }

  /**
   * The path itself.
   *
   * @return {@link #REFUSED} for what cannot be sent on as a path, or has escapes that are none
   */
  public static String asItIs(String raw) {
    if (!isAbsolute(raw)) {
      return REFUSED;
    }
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (!isVisible(c) || (c == '%' && escaped(raw, i) < 0)) {
        return REFUSED;
      }
    }
    return raw;
  }

  /** Whether it can be sent on as a query: visible ASCII without {@code #}, whatever it means. */
  public static boolean isQuery(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (!isVisible(raw.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAbsolute(String raw) {
    return !raw.isEmpty() && raw.charAt(0) == '/';
  }

  /** RFC 9112 §3.2: blanks end the target; a fragment is never sent (RFC 9110 §7.1). */
  private static boolean isVisible(char c) {
    return c > ' ' && c < 0x7f && c != '#';
  }

  private String strictly() {
    for (int i = 0; i < raw.length(); ) {
      char c = raw.charAt(i);
      int length = c == '%' ? escape(i) : plain(c, i);
      if (length == 0) {
        return REFUSED;
      }
      i += length;
    }
    return isDotted() ? REFUSED : rule.toString();
  }

  /** The length of what was taken; 0 if it is refused. */
  private int plain(char c, int at) {
    if (!isVisible(c) || c == '\\') {
      return 0;
    }
    if (c == '/') {
      if (at > 0 && (isDotted() || rule.length() == segment)) { // /;x/ is empty too
        return 0;
      }
      rule.append(c);
      segment = rule.length();
      parameters = false;
    } else if (c == ';') {
      parameters = true;
    } else if (!parameters) {
      rule.append(c);
    }
    return 1;
  }

  private int escape(int at) {
    int b = escaped(raw, at);
    if (b < ' ' || b == 0x7f || b == '\\') {
      return 0;
    }
    if (b == '/' && (!encodedSlash || parameters)) { // decoded first, it would end the parameters
      return 0;
    }
    int length = b < 0x80 ? 1 : Utf8Escapes.length(raw, at);
    if (!parameters) {
      for (int i = 0; i < length; i++) {
        append(escaped(raw, at + 3 * i));
      }
    }
    return 3 * length;
  }

  private void append(int b) {
    if (isUnreserved((char) b)) {
      rule.append((char) b);
    } else {
      rule.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xf));
    }
  }

  /**
   * Whether the segment is {@code .} or {@code ..}, also to somebody who decodes {@code %2F} and
   * {@code %3B} first.
   */
  private boolean isDotted() {
    int start = segment;
    while (true) {
      int slash = rule.indexOf("%2F", start);
      int end = slash < 0 ? rule.length() : slash;
      int semicolon = rule.indexOf("%3B", start);
      int length = (semicolon < 0 || semicolon > end ? end : semicolon) - start;
      if ((length == 1 || length == 2)
          && rule.charAt(start) == '.'
          && rule.charAt(start + length - 1) == '.') {
        return true;
      }
      if (slash < 0) {
        return false;
      }
      start = slash + 3;
    }
  }

  /** The byte that the escape at the place stands for; negative if it is none. */
  static int escaped(String raw, int at) {
    if (at + 2 >= raw.length() || raw.charAt(at) != '%') {
      return -1;
    }
    int high = digit(raw.charAt(at + 1));
    int low = digit(raw.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  /** RFC 3986 §2.3. */
  private static boolean isUnreserved(char c) {
    return Ascii.isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
  }
}
