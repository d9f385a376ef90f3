package dev.gatehouse.cache;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands under a key, as bytes: a head (format, seconds to keep, length of the rest, first
 * half of the SHA-256 of all else), then the key and the parts, each with its length before it. A
 * record that is torn, of another format, or of another key is none. The hash tells of accidents
 * and of edits by who does not know it; that nobody else writes here is the directory's mode to see
 * to.
 */
final class StoredRecord {
  /** Another one for each change of what is in a record: GHC and a number. */
  static final int FORMAT = 0x47484334;

  private static final int KEEP_AT = 4;
  private static final int LENGTH_AT = 8;
  private static final int HASH_AT = 12;
  private static final int HASH_BYTES = 16;
  private static final int HEAD_BYTES = HASH_AT + HASH_BYTES;

  private StoredRecord() {}

  /**
   * The record.
   *
   * @param hashed false where nobody else can write and nothing is left half written
   */
  static byte[] of(String key, Stored stored, boolean hashed) {
    PartsSize size = new PartsSize();
    StoredParts.write(key, stored, size);
    ByteBuffer record = ByteBuffer.allocate(Math.addExact(HEAD_BYTES, size.bytes()));
    record.putInt(FORMAT).putInt(Retention.secondsOf(stored)).putInt(size.bytes());
    record.position(HEAD_BYTES);
    StoredParts.write(key, stored, new PartsBuffer(record));
    byte[] bytes = record.array();
    if (hashed) {
      System.arraycopy(hashOf(bytes), 0, bytes, HASH_AT, HASH_BYTES);
    }
    return bytes;
  }

  /** What was put into it under this key; null if it does not fit in every respect. */
  static @Nullable Stored read(String key, byte[] bytes, boolean hashed) {
    if (!isWhole(bytes, hashed)) {
      return null;
    }
    try {
      return StoredParts.read(key, new PartsReader(ByteBuffer.wrap(bytes).position(HEAD_BYTES)));
    } catch (RuntimeException e) {
      return null; // whole, but of another format
    }
  }

  /** Of a record just written. */
  static int keepSeconds(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(KEEP_AT);
  }

  private static boolean isWhole(byte[] bytes, boolean hashed) {
    if (bytes.length < HEAD_BYTES) {
      return false;
    }
    ByteBuffer head = ByteBuffer.wrap(bytes);
    return head.getInt() == FORMAT
        && head.getInt(LENGTH_AT) == bytes.length - HEAD_BYTES
        && (!hashed || Arrays.equals(hashOf(bytes), 0, HASH_BYTES, bytes, HASH_AT, HEAD_BYTES));
  }

  private static byte[] hashOf(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, HASH_AT);
      digest.update(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
