package dev.gatehouse.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A key as it is below the heap, where others may look: target and method as they are, since purges
 * go by them, and of all else, which may be cookies and credentials, a hash.
 */
final class LowerKey {
  private static final char HASHED = '~';

  private LowerKey() {}

  /** Of a key, or of what this has made of one, which is the same. */
  static String of(String key) {
    int clear = CacheKey.common(key);
    boolean plain = clear == 0 || key.charAt(clear) == HASHED || CacheKey.isRoot(key, clear);
    return plain ? key : hashed(key, clear);
  }

  /** The same for a key and what {@link #of} makes of it. */
  static int commonHash(String key) {
    int clear = CacheKey.common(key);
    return clear == 0 ? key.hashCode() : key.substring(0, clear).hashCode();
  }

  private static String hashed(String key, int clear) {
    ByteBuffer rest = ByteBuffer.allocate(Character.BYTES * (key.length() - clear));
    rest.asCharBuffer().put(key, clear, key.length()); // an encoding would make one of some
    byte[] hash = Base64.getUrlEncoder().withoutPadding().encode(sha256(rest));
    return key.substring(0, clear) + HASHED + new String(hash, StandardCharsets.US_ASCII);
  }

  private static byte[] sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
