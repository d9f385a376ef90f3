package dev.gatehouse.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A key that a backend may have: the SHA-256 of its SubjectPublicKeyInfo (RFC 7469 §2.4).
 *
 * @param hex 64 digits in lower case
 */
public record KeyPin(String hex) {
  private static final String PREFIX = "sha256/";
  private static final int HASH_BYTES = 32;
  private static final int BASE64_LENGTH = 44;

  /** From {@code sha256/} and base64, base64 alone, or hex; empty for what is none of these. */
  static Optional<KeyPin> parse(String text) {
    try {
      if (text.length() == 2 * HASH_BYTES) {
        HexFormat.of().parseHex(text);
        return Optional.of(new KeyPin(text.toLowerCase(Locale.ROOT)));
      }
      boolean bare = text.length() == BASE64_LENGTH; // may begin like the prefix by chance
      String base64 = bare || !text.startsWith(PREFIX) ? text : text.substring(PREFIX.length());
      byte[] hash = Base64.getDecoder().decode(base64);
      boolean exact = Base64.getEncoder().encodeToString(hash).equals(base64);
      return exact && hash.length == HASH_BYTES ? Optional.of(of(hash)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The pin of this key. */
  public static KeyPin of(PublicKey key) {
    try {
      return of(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static KeyPin of(byte[] hash) {
    return new KeyPin(HexFormat.of().formatHex(hash));
  }
}
