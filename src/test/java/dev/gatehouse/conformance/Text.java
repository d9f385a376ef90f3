package dev.gatehouse.conformance;

import java.nio.charset.StandardCharsets;

/** Requests as text: one char for each byte. */
final class Text {
  static final String HOST = "Host: p.test";

  private Text() {}

  /** Lines with CR LF behind each, and the empty line. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /** One chunk. */
  static String chunk(String bytes) {
    return Integer.toHexString(bytes.length()) + "\r\n" + bytes + "\r\n";
  }

  /** One chunk and the last one. */
  static String chunked(String bytes) {
    return chunk(bytes) + "0\r\n\r\n";
  }

  /** The bytes of the text in UTF-8. */
  static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A request that must never be taken for one: it stands within another one's body. */
  static String smuggled(String... lines) {
    return "GET /smuggled HTTP/1.1\r\n" + head(lines.length == 0 ? new String[] {HOST} : lines);
  }
}
