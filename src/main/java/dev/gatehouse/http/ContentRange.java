package dev.gatehouse.http;

import dev.gatehouse.http.ByteRanges.Range;
import java.util.Optional;

/**
 * The Content-Range of a part in bytes (RFC 9110 §14.4).
 *
 * @param length of the whole; {@link #UNKNOWN} if the sender did not know
 */
public record ContentRange(Range range, long length) {
  /** Stands for {@code *}. */
  public static final long UNKNOWN = -1;

  /** What a 416 says: nothing was there, of so much (§15.5.17). */
  public static String unsatisfied(long length) {
    return "bytes */" + length;
  }

  /** As it stands in the field. */
  public String format() {
    return "bytes "
        + range.first()
        + '-'
        + range.last()
        + '/'
        + (length == UNKNOWN ? "*" : Long.toString(length));
  }

  /** Empty if it is none of a part, or contradicts itself. */
  public static Optional<ContentRange> parse(String field) {
    int dash = field.indexOf('-', 6);
    int slash = field.indexOf('/', 6);
    if (!field.regionMatches(true, 0, "bytes ", 0, 6) || dash < 0 || slash < dash) {
      return Optional.empty();
    }
    long first = number(field, 6, dash);
    long last = number(field, dash + 1, slash);
    boolean unknown = field.endsWith("*") && field.length() == slash + 2;
    long length = unknown ? Long.MAX_VALUE : number(field, slash + 1, field.length());
    return first < 0 || last < first || length <= last // §14.4: all three must be ignored
        ? Optional.empty()
        : Optional.of(new ContentRange(new Range(first, last), unknown ? UNKNOWN : length));
  }

  /** Negative if it is none, or has more than 18 digits. */
  private static long number(String text, int start, int end) {
    long number = end - start > 0 && end - start <= 18 ? 0 : -1;
    for (int i = start; i < end && number >= 0; i++) {
      char c = text.charAt(i);
      number = Ascii.isDigit(c) ? number * 10 + (c - '0') : -1;
    }
    return number;
  }
}
