package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import java.time.Instant;

/**
 * What an origin is asked. Immutable.
 *
 * @param fields of the client's request, as the origin gets them
 * @param sent the same, or those that validate what is stored
 * @param under the key of what is to be validated, or will be stored
 * @param purgesBefore how many purges there were when what is stored was looked for
 */
record Inquiry(
    String method,
    Fields fields,
    Fields sent,
    String key,
    String under,
    Instant asked,
    long purgesBefore) {
  @SuppressWarnings("ReferenceEquality") // who validates has made others
  boolean isValidating() {
    return sent != fields;
  }

  Inquiry after(long purges) {
    return new Inquiry(method, fields, sent, key, under, asked, purges);
  }
}
