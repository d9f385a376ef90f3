package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A body of any size: counted and hashed in full, kept up to a megabyte. */
public final class Bytes extends OutputStream {
  private static final int MOST_KEPT = 1 << 20;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final MessageDigest digest = sha256Digest();
  private long length;

  @Override
  public synchronized void write(int single) {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) {
    kept.write(bytes, from, Math.min(count, MOST_KEPT - kept.size()));
    digest.update(bytes, from, count);
    length += count;
  }

  /** The first megabyte. */
  public synchronized byte[] first() {
    return kept.toByteArray();
  }

  /** The first megabyte as UTF-8. */
  public synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** All bytes, kept or not. */
  public synchronized long length() {
    return length;
  }

  /** Over all bytes so far, in hex. */
  public synchronized String sha256() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
