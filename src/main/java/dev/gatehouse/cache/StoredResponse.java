package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import java.time.Instant;

/**
 * A complete response as it is kept, with all that was judged of it when it was stored.
 *
 * <p>A final class and no record: a heap tier bounded in bytes keeps no records. Immutable; nobody
 * changes the body's array.
 */
public final class StoredResponse implements Stored {
  private final int status;
  private final Fields fields;
  private final Fields whole;
  private final Fields tags;
  private final byte[] body;
  private final Freshness freshness;
  private final Instant storedAt;

  /**
   * Keeps all of it.
   *
   * @param fields end-to-end fields as the origin sent them (RFC 9111 §3.1), with Date, without Age
   * @param tags the lines that name tags, which clients don't get
   * @param body of the whole representation as it was coded; not copied
   * @param storedAt when the response was received, or last validated
   */
  public StoredResponse(
      int status, Fields fields, Fields tags, byte[] body, Freshness freshness, Instant storedAt) {
    this.status = status;
    this.fields = fields;
    this.tags = tags;
    this.body = body;
    this.freshness = freshness;
    this.storedAt = storedAt;
    this.whole =
        isBodiless() ? fields : fields.with("Content-Length", Integer.toString(body.length));
  }

  /** Keeps one without tags. */
  public StoredResponse(
      int status, Fields fields, byte[] body, Freshness freshness, Instant storedAt) {
    this(status, fields, Fields.NONE, body, freshness, storedAt);
  }

  /** The same, but stale from now on, if it was fresh; all else that was judged of it stays. */
  StoredResponse staleAt(Instant now) {
    return freshness.isFreshAt(now)
        ? new StoredResponse(status, fields, tags, body, freshness.endingAt(now), storedAt)
        : this;
  }

  public int status() {
    return status;
  }

  public Fields fields() {
    return fields;
  }

  /** The fields of an answer with all of the body, but for its age. */
  Fields whole() {
    return whole;
  }

  /** Whether its status says that nothing follows (RFC 9110 §8.6). */
  boolean isBodiless() {
    return status == 204 || status == 304;
  }

  public Fields tags() {
    return tags;
  }

  /** The array itself: who gets it only reads it. */
  @SuppressWarnings("EI_EXPOSE_REP")
  byte[] body() {
    return body;
  }

  public Freshness freshness() {
    return freshness;
  }

  public Instant storedAt() {
    return storedAt;
  }
}
