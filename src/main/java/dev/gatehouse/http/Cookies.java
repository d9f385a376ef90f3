package dev.gatehouse.http;

import java.util.Optional;

/**
 * Reads and cuts Cookie fields as user agents write them (RFC 6265 §4.2.1): quotes mean nothing.
 */
public final class Cookies {
  private Cookies() {}

  /**
   * The value of the first cookie of this name.
   *
   * @param field the field's value: {@code a=1; b=2}
   */
  public static Optional<String> value(String field, String name) {
    for (int start = 0; start < field.length(); start = end(field, start) + 1) {
      int end = end(field, start);
      if (isNamed(field, start, end, name)) {
        return Optional.of(field.substring(field.indexOf('=', start) + 1, end).strip());
      }
    }
    return Optional.empty();
  }

  /** The field without the cookies of this name; empty if no other is left. */
  public static String without(String field, String name) {
    StringBuilder rest = null;
    for (int start = 0; start < field.length(); start = end(field, start) + 1) {
      int end = end(field, start);
      if (isNamed(field, start, end, name)) {
        rest = rest == null ? new StringBuilder(field.length()).append(field, 0, start) : rest;
      } else if (rest != null) {
        int from = rest.length() == 0 ? skip(field, start, end) : start;
        rest.append(field, from, Math.min(end + 1, field.length()));
      }
    }
    if (rest == null) {
      return field;
    }
    int length = rest.length();
    while (length > 0 && (rest.charAt(length - 1) == ';' || rest.charAt(length - 1) == ' ')) {
      length--;
    }
    return rest.substring(0, length);
  }

  private static int end(String field, int start) {
    int end = field.indexOf(';', start);
    return end < 0 ? field.length() : end;
  }

  private static boolean isNamed(String field, int start, int end, String name) {
    int from = skip(field, start, end);
    int to = from + name.length();
    while (to < end && isBlank(field.charAt(to))) {
      to++;
    }
    return field.startsWith(name, from) && to < end && field.charAt(to) == '=';
  }

  private static int skip(String field, int start, int end) {
    int i = start;
    while (i < end && isBlank(field.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
