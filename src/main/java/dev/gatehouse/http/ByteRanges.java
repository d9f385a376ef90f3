package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Range field of a request, as far as it speaks of bytes (RFC 9110 §14.1.2, §14.2). */
public final class ByteRanges {
  private static final String UNIT = "bytes=";

  private ByteRanges() {}

  /** Bytes from the first to the last, both of them included, that are all there. */
  public record Range(long first, long last) {
    /** How many; at least one. */
    public long length() {
      return last - first + 1;
    }
  }

  /**
   * What of a representation is asked for, in the order in which it is.
   *
   * @param field the value of the only Range line
   * @param length of the representation
   * @param most how many ranges there may be; who wants more is in error, or means harm (§14.2)
   * @return empty if the field is to be ignored: it is not valid, or not in bytes, or has too many
   *     ranges, or all there is of nothing is wanted, which no Content-Range can say; an empty list
   *     if nothing of what it asks for is there (416)
   */
  public static Optional<List<Range>> of(String field, long length, int most) {
    if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) { // §14.1: in any case
      return Optional.empty();
    }
    List<Range> ranges = new ArrayList<>(2);
    int specs = 0;
    int start = UNIT.length();
    while (start <= field.length()) {
      int comma = field.indexOf(',', start);
      int end = comma < 0 ? field.length() : comma;
      String spec = Ascii.trim(field, start, end);
      start = end + 1;
      if (spec.isEmpty()) {
        continue; // §5.6.1.2
      }
      specs++;
      if (specs > most || !add(spec, length, ranges)) {
        return Optional.empty();
      }
    }
    return specs == 0 ? Optional.empty() : Optional.of(ranges);
  }

  /** Adds the range, if there are bytes in it; false: it is none, or not to be expressed. */
  private static boolean add(String spec, long length, List<Range> ranges) {
    int dash = spec.indexOf('-');
    long first = number(spec, 0, dash);
    long last = number(spec, dash + 1, spec.length());
    if (dash == 0) { // the last so many
      if (last > 0 && length > 0) {
        ranges.add(new Range(Math.max(0, length - last), length - 1));
      }
      return last == 0 || (last > 0 && length > 0);
    }
    boolean open = dash == spec.length() - 1;
    if (dash < 0 || first < 0 || (!open && last < first)) {
      return false;
    }
    if (first < length) {
      ranges.add(new Range(first, open ? length - 1 : Math.min(last, length - 1)));
    }
    return true;
  }

  /** Saturates; negative if there are no digits, or more than digits. */
  private static long number(String text, int start, int end) {
    long number = start < end ? 0 : -1;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!Ascii.isDigit(c)) {
        return -1;
      }
      number = number > Long.MAX_VALUE / 10 - 1 ? Long.MAX_VALUE : number * 10 + (c - '0');
    }
    return number;
  }
}
