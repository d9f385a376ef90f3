package dev.gatehouse.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fields to compare byte for byte. */
final class Bytes8 {
  /** RFC 9110 §5.5: obs-text, one char for each byte. */
  static final String OBS_TEXT = obsText();

  private Bytes8() {}

  /** Header lines of 40 bytes, line end included; every fourth is one more X-Many. */
  static List<String> lines(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String start = i % 4 == 0 ? "X-Many: " + i : "X-Many-" + i + ": ";
      lines.add(start + "\"a,b\"; c=".repeat(4).substring(0, 37 - start.length()) + "z");
    }
    return lines;
  }

  /** The values of these lines that have this name. */
  static List<String> values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  /** These lines of X-Many and the like, sorted; the case of names says nothing (RFC 9110 §5.1). */
  static List<String> comparable(List<String> lines) {
    return lines.stream()
        .filter(line -> line.regionMatches(true, 0, "X-Many", 0, 6))
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT) + value(line))
        .sorted()
        .toList();
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':'));
  }

  private static String obsText() {
    StringBuilder text = new StringBuilder();
    for (char c = 0x80; c <= 0xFF; c++) {
      text.append(c);
    }
    return text.toString();
  }
}
