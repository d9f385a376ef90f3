package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which languages a client wants, and how much (RFC 9110 §12.5.4). */
public final class AcceptLanguage {
  private static final Comparator<Range> BY_WISH =
      Comparator.comparingInt(Range::weight).reversed().thenComparing(Range::language);

  private AcceptLanguage() {}

  /**
   * The same wish in the one form that all who have it share: ranges in lower case, the most wanted
   * first, those wanted as much as each other in the order of the alphabet.
   *
   * @param value of the field, all lines as one list
   * @return empty if something there is no range with a weight, or one is named twice
   */
  public static Optional<String> canonical(String value) {
    List<Range> ranges = new ArrayList<>();
    int start = 0;
    while (start <= value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      String element = value.substring(start, end).strip();
      if (!element.isEmpty()) { // RFC 9110 §5.6.1.2: an empty one is none
        Range range = range(element);
        if (!range.isSound()) {
          return Optional.empty();
        }
        ranges.add(range);
      }
      start = end + 1;
    }
    ranges.sort(BY_WISH);
    return written(ranges);
  }

  private record Range(String language, int weight) {
    /** Letters, digits, hyphens, asterisks: all of RFC 4647 §2.1, and what does no harm. */
    boolean isSound() {
      for (int i = 0; i < language.length(); i++) {
        char c = language.charAt(i);
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '*') {
          return false;
        }
      }
      return !language.isEmpty() && weight >= 0;
    }
  }

  private static Range range(String element) {
    int semicolon = element.indexOf(';');
    if (semicolon < 0) {
      return new Range(Ascii.lower(element), Weight.FULL);
    }
    String parameter = element.substring(semicolon + 1).strip();
    boolean weighted = parameter.regionMatches(true, 0, "q=", 0, 2);
    return new Range(
        Ascii.lower(element.substring(0, semicolon).strip()),
        weighted ? Weight.of(parameter.substring(2)) : -1);
  }

  private static Optional<String> written(List<Range> ranges) {
    StringBuilder text = new StringBuilder();
    Set<String> seen = new HashSet<>();
    for (Range range : ranges) {
      if (!seen.add(range.language)) {
        return Optional.empty(); // which of the two counts is for the origin to say
      }
      text.append(text.length() == 0 ? "" : ",").append(range.language);
      if (range.weight < Weight.FULL) {
        text.append(";q=").append(range.weight); // thousandths: it goes nowhere
      }
    }
    return Optional.of(text.toString());
  }
}
