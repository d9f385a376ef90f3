package dev.gatehouse.proxy;

import dev.gatehouse.http.Ascii;
import java.nio.ByteBuffer;

/** What of a response's head must be seen before Jetty's parser reads it. */
final class RawHead {
  private static final String START = "HTTP/1.";
  private static final String LENGTH = "content-length:";
  private static final String CODING = "transfer-encoding:";

  /** What {@link #hideUnknownCoding} makes of Transfer-Encoding. */
  static final String HIDDEN = "Xransfer-Encoding";

  private RawHead() {}

  /**
   * Whether the bytes are the beginning of an HTTP/1 response, as far as they go. The parser would
   * take {@code http/1.1} and {@code HTTP/2.0}; the name is case-sensitive (RFC 9112 §2.3).
   */
  static boolean isHttp1(ByteBuffer bytes) {
    int start = bytes.position();
    while (start < bytes.limit() && isLineEnd(bytes.get(start))) {
      start++; // some servers send one too many after a body
    }
    int count = Math.min(START.length(), bytes.limit() - start);
    for (int i = 0; i < count; i++) {
      if (bytes.get(start + i) != START.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes one length of {@code Content-Length: 5, 5} (RFC 9110 §8.6), which the parser refuses as
   * it does {@code 5, 7}. Blanks go where the repetitions stood. Only a line that is there as a
   * whole is looked at, so that a head that comes in pieces may still be refused.
   */
  static void joinLengths(ByteBuffer bytes) {
    int line = bytes.position();
    while (true) {
      int end = line;
      while (end < bytes.limit() && bytes.get(end) != '\n') {
        end++;
      }
      if (end == bytes.limit() || end - line <= 1) {
        return; // not all there, or the empty line
      }
      if (isField(LENGTH, bytes, line, end)) {
        joinLengths(bytes, line + LENGTH.length(), end);
      }
      line = end + 1;
    }
  }

  private static boolean isField(String name, ByteBuffer bytes, int line, int end) {
    if (end - line < name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      int c = bytes.get(line + i);
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Renames a Transfer-Encoding that nobody has ever heard of, so that the parser, which refuses
   * it, takes the body to end with the connection, as RFC 9112 §6.3 item 4 has it: what stands in
   * the field is a mistake and no coding. That connection is not used again, and clients get a
   * framing of our own, so there is nothing behind the body that could be taken for an answer.
   *
   * <p>Not renamed, and so refused: what may be a coding that we would have to undo, or chunks to
   * somebody else; more than one coding; one beside a length, in HTTP/1.0, or in an interim
   * response; and a head that comes in pieces.
   */
  static void hideUnknownCoding(ByteBuffer bytes) {
    int line = bytes.position();
    int end = lineEnd(bytes, line);
    if (!isFinal11(bytes, line, end)) {
      return;
    }
    int coding = -1;
    while (true) {
      line = end + 1;
      end = lineEnd(bytes, line);
      if (end == bytes.limit()) {
        return; // not all there
      }
      if (end - line <= 1) {
        break; // the empty line
      }
      if (isField(LENGTH, bytes, line, end)) {
        return;
      }
      if (isField(CODING, bytes, line, end)) {
        if (coding >= 0 || !isUnknown(value(bytes, line + CODING.length(), end))) {
          return;
        }
        coding = line;
      }
    }
    if (coding >= 0) {
      bytes.put(coding, (byte) HIDDEN.charAt(0));
    }
  }

  private static int lineEnd(ByteBuffer bytes, int from) {
    int end = from;
    while (end < bytes.limit() && bytes.get(end) != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isFinal11(ByteBuffer bytes, int line, int end) {
    return isField("http/1.1 ", bytes, line, end)
        && end - line > "HTTP/1.1 ".length()
        && bytes.get(line + "HTTP/1.1 ".length()) >= '2';
  }

  private static String value(ByteBuffer bytes, int from, int end) {
    StringBuilder value = new StringBuilder(end - from);
    int stop = bytes.get(end - 1) == '\r' ? end - 1 : end;
    for (int i = from; i < stop; i++) {
      value.append((char) (bytes.get(i) & 0xff));
    }
    return Ascii.trim(value.toString(), 0, value.length());
  }

  /**
   * One word that is no coding of RFC 9112 §7, of the registry, or of content. With a digit, hyphen
   * or dot in it, it looks like the name of one that we have not heard of yet.
   */
  private static boolean isUnknown(String coding) {
    String name = Ascii.lower(coding);
    return isLetters(name)
        && !name.contains("chunk")
        && switch (name) {
          case "gzip", "compress", "deflate", "identity", "trailers" -> false;
          case "br", "zstd", "dcb", "dcz", "exi" -> false;
          default -> true;
        };
  }

  private static boolean isLetters(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < 'a' || name.charAt(i) > 'z') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static void joinLengths(ByteBuffer bytes, int start, int end) {
    int from = skipBlanks(bytes, start, end);
    int to = skipDigits(bytes, from, end);
    int next = skipBlanks(bytes, to, end);
    while (next < end && bytes.get(next) == ',') {
      int again = skipBlanks(bytes, next + 1, end);
      int last = skipDigits(bytes, again, end);
      if (!isSame(bytes, from, to, again, last)) {
        return;
      }
      next = skipBlanks(bytes, last, end);
    }
    if (next < end && bytes.get(next) != '\r') {
      return;
    }
    for (int i = to; i < next; i++) {
      bytes.put(i, (byte) ' ');
    }
  }

  private static boolean isSame(ByteBuffer bytes, int from, int to, int again, int last) {
    if (to == from || last - again != to - from) {
      return false;
    }
    for (int i = 0; i < to - from; i++) {
      if (bytes.get(from + i) != bytes.get(again + i)) {
        return false;
      }
    }
    return true;
  }

  private static int skipBlanks(ByteBuffer bytes, int from, int end) {
    int i = from;
    while (i < end && (bytes.get(i) == ' ' || bytes.get(i) == '\t')) {
      i++;
    }
    return i;
  }

  private static int skipDigits(ByteBuffer bytes, int from, int end) {
    int i = from;
    while (i < end && bytes.get(i) >= '0' && bytes.get(i) <= '9') {
      i++;
    }
    return i;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }
}
