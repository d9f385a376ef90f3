package dev.gatehouse.http;

import java.util.List;
import java.util.OptionalLong;

/** The Age field of a response (RFC 9111 §5.1). */
public final class Age {
  /** What is more counts as this, so that sums of ages and times never overflow (§1.2.2). */
  public static final long MOST = 999_999_999_999_999L;

  private Age() {}

  /**
   * Seconds; empty if the field is not there or is no number.
   *
   * <p>Of several members or lines the first decides (§5.1: a cache should use the first); it is
   * not looked for a better one behind it.
   *
   * @param lines the values of all Age lines
   */
  public static OptionalLong parse(List<String> lines) {
    for (String line : lines) {
      int start = 0;
      while (start <= line.length()) {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        String member = Ascii.trim(line, start, end);
        if (!member.isEmpty()) { // RFC 9110 §5.6.1.2: empty members do not count
          return seconds(member);
        }
        start = end + 1;
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong seconds(String text) {
    long seconds = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Ascii.isDigit(c)) {
        return OptionalLong.empty();
      }
      seconds = Math.min(MOST, seconds * 10 + (c - '0'));
    }
    return OptionalLong.of(seconds);
  }
}
