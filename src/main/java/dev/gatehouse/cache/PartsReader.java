package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link PartsBuffer} has written. Whatever does not fit throws. */
final class PartsReader {
  private final ByteBuffer buffer;

  PartsReader(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  boolean isAtEnd() {
    return !buffer.hasRemaining();
  }

  long number() {
    return buffer.getLong();
  }

  int count() {
    return checked(Math.toIntExact(number()), Integer.BYTES);
  }

  boolean flag() {
    return number() != 0;
  }

  Duration duration() {
    return Duration.ofSeconds(number(), number());
  }

  Instant instant() {
    return Instant.ofEpochSecond(number(), number());
  }

  String text() {
    int length = buffer.getInt();
    if (length >= 0) {
      return new String(taken(length), StandardCharsets.ISO_8859_1);
    }
    char[] text = new char[checked(Math.negateExact(length), Character.BYTES)];
    for (int i = 0; i < text.length; i++) {
      text[i] = buffer.getChar();
    }
    return new String(text);
  }

  byte[] bytes() {
    return taken(buffer.getInt());
  }

  List<String> texts() {
    int count = count();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  Fields fields() {
    String[] lines = new String[2 * count()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = text();
    }
    return Fields.of(lines);
  }

  private byte[] taken(int length) {
    byte[] bytes = new byte[checked(length, 1)];
    buffer.get(bytes);
    return bytes;
  }

  /** No array is made for more than there is. */
  private int checked(int count, int bytesEach) {
    if (count < 0 || count > buffer.remaining() / bytesEach) {
      throw new IllegalArgumentException("more than there is");
    }
    return count;
  }
}
