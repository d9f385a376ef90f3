package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig.Vary;
import dev.gatehouse.http.AcceptLanguage;
import dev.gatehouse.http.Ascii;
import java.util.List;

/** A selecting field in the form in which it is compared (RFC 9111 §4.1). */
final class SelectingValue {
  private SelectingValue() {}

  /**
   * Lines as one list (RFC 9110 §5.3), without blanks around commas (§5.6.1) but for those in
   * quotes; language tags are the same in any case (§8.5.1).
   *
   * @param vary whether languages that are wanted as much as each other have no order
   */
  static String of(String name, List<String> lines, Vary vary) {
    if (name.equalsIgnoreCase("Cookie")) {
      return String.join("; ", lines); // is no list, and goes on so (RFC 6265 §5.4)
    }
    String joined = lines.size() == 1 ? lines.get(0) : String.join(",", lines);
    String value = joined.indexOf(',') < 0 ? joined : withoutBlanks(joined);
    if (!name.equalsIgnoreCase("Accept-Language")) {
      return value;
    }
    String lower = Ascii.lower(value);
    return vary == Vary.LANGUAGE ? AcceptLanguage.canonical(lower).orElse(lower) : lower;
  }

  private static String withoutBlanks(String value) {
    StringBuilder plain = new StringBuilder(value.length());
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\' && i + 1 < value.length()) {
        plain.append(c);
        i++;
        plain.append(value.charAt(i)); // is no end of the quotes
        continue;
      }
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        trimEnd(plain);
      }
      plain.append(c);
      if (c == ',' && !quoted) {
        while (i + 1 < value.length() && Ascii.isBlank(value.charAt(i + 1))) {
          i++;
        }
      }
    }
    return plain.toString();
  }

  private static void trimEnd(StringBuilder text) {
    int end = text.length();
    while (end > 0 && Ascii.isBlank(text.charAt(end - 1))) {
      end--;
    }
    text.setLength(end);
  }
}
