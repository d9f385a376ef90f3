package dev.gatehouse.http;

/** Letters and digits of ASCII; the JDK's tests know all of Unicode's. */
public final class Ascii {
  private Ascii() {}

  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** The part without blanks and tabs around it: OWS of RFC 9110 §5.6.3, and nothing else. */
  public static String trim(String text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** A blank or a tab: what RFC 9110 §5.6.3 takes for blank. */
  public static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Letters of ASCII in lower case, and all else as it is. */
  public static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUpper(text.charAt(i))) {
        return lowered(text, i);
      }
    }
    return text;
  }

  private static String lowered(String text, int from) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isUpper(c)) {
        lower.setCharAt(i, (char) (c | 0x20));
      }
    }
    return lower.toString();
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
