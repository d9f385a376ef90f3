package dev.gatehouse.metrics;

import org.jspecify.annotations.Nullable;

/**
 * One JSON object on one line of ASCII, member by member: what strangers put into a value can
 * neither end the line nor speak to a terminal.
 */
final class JsonLine {
  /** Characters of a value that are shown; nobody reads more, and strangers could fill the disk. */
  static final int MAX_LENGTH = 1024;

  /** Stands at the end of a value that was longer. */
  static final String CUT = "[...]";

  private static final String HEX = "0123456789abcdef";
  private static final long NANOS_PER_MICRO = 1000;

  private final StringBuilder out = new StringBuilder(512).append('{');

  /** A string; null is left out. */
  void text(String name, @Nullable String value) {
    if (value != null) {
      name(name).append('"');
      escape(value);
      out.append('"');
    }
  }

  void number(String name, long value) {
    name(name).append(value);
  }

  /** Milliseconds with three decimals. */
  void millis(String name, long nanos) {
    long micros = nanos / NANOS_PER_MICRO;
    long decimals = micros % 1000;
    name(name).append(micros / 1000).append('.');
    out.append(decimals < 100 ? "0" : "").append(decimals < 10 ? "0" : "").append(decimals);
  }

  /** The whole line, without a line end. */
  String end() {
    return out.append('}').toString();
  }

  private StringBuilder name(String name) {
    if (out.length() > 1) {
      out.append(',');
    }
    return out.append('"').append(name).append("\":");
  }

  /** RFC 8259 §7, and more than it asks for: DEL and all that is not ASCII. */
  private void escape(String value) {
    int end = Math.min(value.length(), MAX_LENGTH);
    if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
        out.append(c);
      } else {
        out.append("\\u")
            .append(HEX.charAt(c >> 12))
            .append(HEX.charAt(c >> 8 & 15))
            .append(HEX.charAt(c >> 4 & 15))
            .append(HEX.charAt(c & 15));
      }
    }
    out.append(end < value.length() ? CUT : "");
  }
}
