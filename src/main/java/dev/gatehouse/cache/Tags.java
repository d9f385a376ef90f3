package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import java.util.Set;
import java.util.TreeSet;

/**
 * What origins mark responses with, to have them forgotten together.
 *
 * <p>Some fields have blanks between tags (Surrogate-Key), others commas (Cache-Tag); no tag has
 * either, so both separate in any of them.
 */
public final class Tags {
  private Tags() {}

  /** The tags in a text; case counts. */
  public static Set<String> of(String text) {
    Set<String> tags = new TreeSet<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isSeparator(text.charAt(i))) {
        if (i > start) {
          tags.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return tags;
  }

  /** Whether one of the tags that these lines name is wanted. */
  static boolean areIn(Fields lines, Set<String> wanted) {
    for (int i = 0; i < lines.size(); i++) {
      for (String tag : of(lines.value(i))) {
        if (wanted.contains(tag)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\n';
  }
}
