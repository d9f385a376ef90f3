package dev.gatehouse.http;

import java.util.function.UnaryOperator;

/** Reads a Set-Cookie as user agents do (RFC 6265 §5.2) and changes what it is told to. */
public final class SetCookie {
  private static final String HOST_PREFIX = "__Host-";

  private SetCookie() {}

  /**
   * The value with its Domain and Path mapped; every other byte stays as it is and where it is.
   *
   * <p>A cookie whose name begins with {@code __Host-} is left alone: it must have no Domain, and a
   * Path of {@code /} (RFC 6265bis §4.1.3.2).
   *
   * @param domain what becomes of the value of Domain
   * @param path what becomes of the value of Path
   */
  public static String map(
      String cookie, UnaryOperator<String> domain, UnaryOperator<String> path) {
    int end = cookie.indexOf(';'); // quotes do not protect it
    if (end < 0 || isHostCookie(cookie)) {
      return cookie;
    }
    StringBuilder mapped = new StringBuilder(cookie.length() + 32);
    int copied = 0;
    while (end < cookie.length()) {
      int start = end + 1;
      int next = cookie.indexOf(';', start);
      end = next < 0 ? cookie.length() : next;
      int equals = cookie.indexOf('=', start);
      if (equals < 0 || equals >= end) {
        continue;
      }
      int from = skip(cookie, equals + 1, end);
      int to = back(cookie, from, end);
      String value = cookie.substring(from, to);
      String instead = value;
      if (isNamed(cookie, start, equals, "Domain")) {
        instead = domain.apply(value);
      } else if (isNamed(cookie, start, equals, "Path")) {
        instead = path.apply(value);
      }
      mapped.append(cookie, copied, from).append(instead);
      copied = to;
    }
    return mapped.append(cookie, copied, cookie.length()).toString();
  }

  private static boolean isHostCookie(String cookie) {
    int start = skip(cookie, 0, cookie.length());
    return cookie.regionMatches(true, start, HOST_PREFIX, 0, HOST_PREFIX.length());
  }

  private static boolean isNamed(String cookie, int from, int to, String name) {
    int start = skip(cookie, from, to);
    return back(cookie, start, to) - start == name.length()
        && cookie.regionMatches(true, start, name, 0, name.length());
  }

  private static int skip(String text, int from, int to) {
    int i = from;
    while (i < to && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int back(String text, int from, int to) {
    int i = to;
    while (i > from && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
