package dev.gatehouse.http;

import java.util.function.UnaryOperator;

/** The Refresh field, which no RFC has: {@code 5; url=http://h/}, as the HTML standard reads it. */
public final class Refresh {
  private Refresh() {}

  /** The value with its URL mapped; every other byte stays as it is. */
  public static String map(String value, UnaryOperator<String> url) {
    int start = 0;
    while (start < value.length() && isTime(value.charAt(start))) {
      start++;
    }
    int separator = skip(value, start);
    if (separator == value.length() || ";,".indexOf(value.charAt(separator)) < 0) {
      return value; // only a time, or nothing that we know
    }
    start = afterName(value, skip(value, separator + 1));
    int end = value.length();
    if (start < end && "\"'".indexOf(value.charAt(start)) >= 0) {
      int quote = value.indexOf(value.charAt(start), start + 1);
      end = quote < 0 ? end : quote;
      start++;
    }
    return value.substring(0, start)
        + url.apply(value.substring(start, end))
        + value.substring(end);
  }

  /** Behind {@code url=}, which may be missing. */
  private static int afterName(String value, int start) {
    if (!value.regionMatches(true, start, "url", 0, 3)) {
      return start;
    }
    int equals = skip(value, start + 3);
    return equals < value.length() && value.charAt(equals) == '=' ? skip(value, equals + 1) : start;
  }

  private static int skip(String value, int from) {
    int i = from;
    while (i < value.length() && (value.charAt(i) == ' ' || value.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  private static boolean isTime(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }
}
