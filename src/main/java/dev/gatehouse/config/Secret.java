package dev.gatehouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A value that no log, message or page may show. Immutable. */
public final class Secret {
  /** What is shown in place of any secret. */
  static final String MASK = "***";

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The secret itself; call it only where it is used. */
  public String reveal() {
    return value;
  }

  /** In constant time for secrets of one length, so that a comparison tells nothing of them. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(value.getBytes(UTF_8), secret.value.getBytes(UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
