package dev.gatehouse.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What our own pages put into their forms, and no other site can know: browsers send the password
 * with any form, whoever wrote it.
 *
 * <p>Thread-safe.
 */
public final class FormToken {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;

  /** Tokens are good as long as their secret: until the application stops. */
  FormToken(byte[] secret) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /** With a secret of its own. */
  public static FormToken random() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return new FormToken(secret);
  }

  /** The token in forms for whoever has the key of this id. */
  public String of(String keyId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] proof = mac.doFinal(keyId.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Whether it is the one for this key; takes as long whatever is wrong with it. */
  public boolean matches(String keyId, String token) {
    return MessageDigest.isEqual(
        of(keyId).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8));
  }
}
