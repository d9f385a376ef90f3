package dev.gatehouse.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes. A text's length is negative where each character takes two bytes. */
final class PartsBuffer implements PartsSink {
  private final ByteBuffer buffer;

  PartsBuffer(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public void number(long value) {
    buffer.putLong(value);
  }

  @Override
  public void text(String text) {
    if (isLatin1(text)) {
      buffer.putInt(text.length()).put(text.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    buffer.putInt(-text.length());
    for (int i = 0; i < text.length(); i++) {
      buffer.putChar(text.charAt(i));
    }
  }

  @Override
  public void bytes(byte[] bytes) {
    buffer.putInt(bytes.length).put(bytes);
  }

  static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }
}
