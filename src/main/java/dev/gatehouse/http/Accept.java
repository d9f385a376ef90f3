package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which form of an error a client wants, by its Accept fields (RFC 9110 §12.5.1). */
public final class Accept {
  private static final Match NO_MATCH = new Match(0, 0, 0);

  private Accept() {}

  /**
   * Whether JSON is wanted rather than plain text. What the fields leave open is settled by the
   * narrower range, then by which was named first, then for text.
   *
   * @param accept the values of all Accept fields; ranges that are no ranges count for nothing
   */
  public static boolean prefersJson(Iterable<String> accept) {
    List<Range> ranges = new ArrayList<>();
    for (String value : accept) {
      split(value, ranges);
    }
    Match text = match("text/plain", ranges);
    Match json = match("application/json", ranges);
    return json.isBetterThan(text) || match("application/problem+json", ranges).isBetterThan(text);
  }

  /**
   * A media range.
   *
   * @param type in lower case, such as {@code text/*}
   * @param weight in thousandths
   */
  private record Range(String type, int weight) {
    /** 3 for the type itself, 1 for all types, 0 for others. */
    int specificity(String wanted) {
      if (type.equals(wanted)) {
        return 3;
      }
      if (type.equals("*/*")) {
        return 1;
      }
      boolean family =
          type.endsWith("/*") && wanted.startsWith(type.substring(0, type.length() - 1));
      return family ? 2 : 0;
    }
  }

  /** How well a type is accepted, and by which of the ranges. */
  private record Match(int weight, int specificity, int place) {
    boolean isBetterThan(Match other) {
      if (weight != other.weight) {
        return weight > other.weight;
      }
      if (weight == 0) {
        return false;
      }
      return specificity != other.specificity
          ? specificity > other.specificity
          : place < other.place;
    }
  }

  /** The narrowest range that holds the type gives its weight. */
  private static Match match(String type, List<Range> ranges) {
    Match best = NO_MATCH;
    for (int i = 0; i < ranges.size(); i++) {
      int specificity = ranges.get(i).specificity(type);
      if (specificity > best.specificity) {
        best = new Match(ranges.get(i).weight, specificity, i);
      }
    }
    return best;
  }

  private static void split(String value, List<Range> into) {
    int start = 0;
    while (start < value.length()) {
      int comma = end(value, start, ',');
      add(value.substring(start, comma), into);
      start = comma + 1;
    }
  }

  private static void add(String element, List<Range> into) {
    int end = end(element, 0, ';');
    String type = element.substring(0, end).strip().toLowerCase(Locale.ROOT);
    int weight = Weight.FULL; // §12.4.2
    while (end < element.length()) {
      int start = end + 1;
      end = end(element, start, ';');
      String parameter = element.substring(start, end).strip();
      if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
        weight = Weight.of(parameter.substring(2));
      }
    }
    if (weight >= 0 && isRange(type)) {
      into.add(new Range(type, weight));
    }
  }

  private static boolean isRange(String type) {
    int slash = type.indexOf('/');
    return slash > 0
        && Token.is(type.substring(0, slash))
        && Token.is(type.substring(slash + 1))
        && (type.charAt(0) != '*' || type.equals("*/*"));
  }

  /** Where the next separator outside quotes is, or the end. */
  private static int end(String text, int start, char separator) {
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++; // §5.6.4
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        return i;
      }
    }
    return text.length();
  }
}
