package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;

/** Whether a response is stored. */
public sealed interface StorageDecision {
  /**
   * It is, if its body comes whole and is not too large.
   *
   * @param fields what is kept and given to clients
   * @param tags the lines that name tags, which clients don't get
   */
  record Store(Fields fields, Fields tags, Freshness freshness) implements StorageDecision {}

  /** It is not. */
  record Refuse(Refusal reason) implements StorageDecision {}
}
