package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Head;
import java.time.Instant;
import java.util.List;

/**
 * A response that is stored once its body is whole.
 *
 * @param fields of its request
 * @param purgesBefore how many purges there were when it was asked for
 * @param length that its head states; negative: none
 * @param names of the request's fields that select it
 */
record Deposit(
    CacheParts parts,
    String key,
    Fields fields,
    long purgesBefore,
    int status,
    StorageDecision.Store store,
    long length,
    Instant receivedAt,
    List<String> names) {
  static Deposit of(
      CacheParts parts,
      String key,
      Fields fields,
      long purgesBefore,
      Head head,
      StorageDecision.Store store,
      Instant receivedAt) {
    List<String> names = parts.variants().selecting(store.fields().all("Vary"));
    return new Deposit(
        parts, key, fields, purgesBefore, head.status(), store, length(head), receivedAt, names);
  }

  private static long length(Head head) {
    try {
      return head.fields().first("Content-Length").map(Long::parseLong).orElse(-1L);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** What comes of the body. */
  Capture capture() {
    return new Capture(parts.config().maxObjectSize(), length, parts.room());
  }

  /** What one who joins now gets. */
  Head head(CacheStatus told) {
    long age = store.freshness().ageAt(parts.clock().instant()).toSeconds();
    Head shared = new Head(status, store.fields().with("Age", Long.toString(age)));
    return parts.reporter().on(shared, told, key, true);
  }

  /** Whether another request would have selected it (RFC 9111 §4.1). */
  boolean fits(Fields other) {
    Variants variants = parts.variants();
    return store.freshness().isFreshAt(parts.clock().instant()) // it may take its time to come
        && variants.selection(names, other).equals(variants.selection(names, fields));
  }

  /**
   * Stores it, unless bytes are missing or too many.
   *
   * @param capture to which nothing more comes
   * @return whether its body was fit for it
   */
  boolean put(Capture capture) {
    byte[] body = capture.body();
    if (capture.isCrowded()) {
      parts.counters().count(Refusal.NO_ROOM);
      return true;
    }
    if (body == null || (length >= 0 && body.length != length)) {
      parts.counters().count(body == null ? Refusal.TOO_LARGE : Refusal.INCOMPLETE);
      return false;
    }
    StoredResponse whole =
        new StoredResponse(
            status, store.fields(), store.tags(), body, store.freshness(), receivedAt);
    parts.keep(key, fields, whole, purgesBefore);
    return true;
  }
}
