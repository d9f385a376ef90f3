package dev.gatehouse.proxy;

import java.nio.ByteBuffer;

/** What of a response's head must be seen before Jetty's parser reads it. */
final class RawHead {
  private static final String START = "HTTP/1.";
  private static final String LENGTH = "content-length:";

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
      if (isLength(bytes, line, end)) {
        joinLengths(bytes, line + LENGTH.length(), end);
      }
      line = end + 1;
    }
  }

  private static boolean isLength(ByteBuffer bytes, int line, int end) {
    if (end - line < LENGTH.length()) {
      return false;
    }
    for (int i = 0; i < LENGTH.length(); i++) {
      int c = bytes.get(line + i);
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != LENGTH.charAt(i)) {
        return false;
      }
    }
    return true;
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
