package dev.gatehouse.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 without a provider lookup per hash: a digest that is never fed is cloned.
 *
 * <p>Thread-safe.
 */
final class Sha256 {
  private final MessageDigest unused = lookUp();

  byte[] of(String text) {
    return fresh().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private MessageDigest fresh() {
    try {
      return (MessageDigest) unused.clone();
    } catch (CloneNotSupportedException e) { // another provider than the JDK's own
      return lookUp();
    }
  }

  private static MessageDigest lookUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
