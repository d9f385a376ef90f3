package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.UpstreamPool;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What our cookie says for each backend of a pool: a keyed hash of its id, which tells nothing of
 * the backend and can't be made without the secret.
 *
 * <p>Thread-safe.
 */
final class StickyTags {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SELECTOR = 11; // characters, 66 bits: which one it claims to be

  private final UpstreamPool pool;
  private final SecretKeySpec secret;
  private volatile Known known;

  StickyTags(UpstreamPool pool, byte[] secret) {
    this.pool = pool;
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.known = known(pool.candidates());
  }

  /** Those of the backends that there are at a time. */
  private record Known(
      List<Candidate> of, Map<String, String> tags, Map<String, String> idsBySelector) {}

  /** The cookie's value for a backend; empty if it has left the pool meanwhile. */
  Optional<String> tag(String id) {
    return Optional.ofNullable(now().tags().get(id));
  }

  /** The id of the backend that a client's cookie names; empty if it is not ours. */
  Optional<String> id(String cookie) {
    if (cookie.length() < SELECTOR) {
      return Optional.empty();
    }
    Known now = now();
    String id = now.idsBySelector().get(cookie.substring(0, SELECTOR));
    if (id == null) {
      return Optional.empty();
    }
    byte[] expected = now.tags().getOrDefault(id, "").getBytes(ISO_8859_1);
    boolean same = MessageDigest.isEqual(expected, cookie.getBytes(ISO_8859_1)); // constant time
    return same ? Optional.of(id) : Optional.empty();
  }

  private Known now() {
    Known now = known;
    List<Candidate> candidates = pool.candidates();
    if (now.of() != candidates) {
      now = known(candidates);
      known = now; // threads that race here find the same
    }
    return now;
  }

  private Known known(List<Candidate> candidates) {
    Map<String, String> tags = new HashMap<>();
    Map<String, String> ids = new HashMap<>();
    for (Candidate candidate : candidates) {
      String id = candidate.upstream().id();
      String tag = tagOf(id);
      tags.put(id, tag);
      ids.put(tag.substring(0, SELECTOR), id);
    }
    return new Known(candidates, tags, ids);
  }

  private String tagOf(String id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(pool.id().getBytes(UTF_8)); // the same id in another pool is another backend
      mac.update((byte) 0);
      byte[] tag = mac.doFinal(id.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
