package dev.gatehouse.http;

/** The {@code token} of RFC 9110 §5.6.2: field names, methods and the like. */
public final class Token {
  private Token() {}

  /** Whether the text is a token; the empty text is none. */
  public static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether the character may stand in a token. */
  public static boolean isTokenChar(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
