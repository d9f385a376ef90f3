package dev.gatehouse.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that are accepted.
 *
 * <p>Immutable.
 */
public final class ApiKeys {
  /** No key at all: nobody is let in. */
  public static final ApiKeys NONE = new ApiKeys(List.of());

  /** A longer value is no key; it is refused before any work is done for it. */
  static final int MAX_KEY_LENGTH = 1_024;

  private final List<ApiKey> keys;
  private final Sha256 sha256 = new Sha256();

  ApiKeys(List<ApiKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The key that was presented, if it is one of ours and valid now. */
  public Optional<ApiKey> find(String presented, Instant now) {
    return find(presented).filter(key -> key.validAt(now));
  }

  /** Whether it is one of ours, be it valid or not. */
  boolean knows(String presented) {
    return find(presented).isPresent();
  }

  private Optional<ApiKey> find(String presented) {
    if (presented.isEmpty() || presented.length() > MAX_KEY_LENGTH) {
      return Optional.empty();
    }
    byte[] hash = sha256.of(presented);
    Optional<ApiKey> found = Optional.empty();
    for (int i = 0; i < keys.size(); i++) { // to the end: the time tells nothing
      if (keys.get(i).hasHash(hash)) {
        found = Optional.of(keys.get(i));
      }
    }
    return found;
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  public int size() {
    return keys.size();
  }

  /** The keys' ids, in the order of their definition. */
  public List<String> ids() {
    return keys.stream().map(ApiKey::id).toList();
  }

  boolean hasId(String id) {
    return keys.stream().anyMatch(key -> key.id().equals(id));
  }

  boolean hasSameKeyAs(ApiKey other) {
    return keys.stream().anyMatch(key -> key.sameKeyAs(other));
  }

  ApiKeys plus(ApiKey key) {
    List<ApiKey> more = new ArrayList<>(keys);
    more.add(key);
    return new ApiKeys(more);
  }

  @Override
  public String toString() {
    return "ApiKeys" + ids();
  }
}
