package dev.gatehouse.auth;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One key: whose it is, what it opens and when; of the key itself only the hash.
 *
 * <p>Immutable. A class, not a record, so that the hash has no accessor and no part in toString.
 */
public final class ApiKey {
  private final String id;
  private final byte[] hash;
  private final Set<Scope> scopes;
  private final Optional<Instant> notBefore;
  private final Optional<Instant> expires;

  ApiKey(
      String id,
      byte[] hash,
      Set<Scope> scopes,
      Optional<Instant> notBefore,
      Optional<Instant> expires) {
    this.id = id;
    this.hash = hash.clone();
    this.scopes = Set.copyOf(scopes);
    this.notBefore = notBefore;
    this.expires = expires;
  }

  public String id() {
    return id;
  }

  public Set<Scope> scopes() {
    return scopes;
  }

  public boolean allows(Scope scope) {
    return scopes.contains(scope);
  }

  /** The first instant at which the key is valid. */
  public Optional<Instant> notBefore() {
    return notBefore;
  }

  /** The first instant at which the key is no longer valid. */
  public Optional<Instant> expires() {
    return expires;
  }

  boolean validAt(Instant now) {
    return (notBefore.isEmpty() || !now.isBefore(notBefore.get()))
        && (expires.isEmpty() || now.isBefore(expires.get()));
  }

  boolean hasHash(byte[] other) {
    return MessageDigest.isEqual(hash, other);
  }

  boolean sameKeyAs(ApiKey other) {
    return hasHash(other.hash);
  }

  @Override
  public String toString() {
    return "ApiKey[" + id + "]";
  }
}
