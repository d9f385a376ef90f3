package dev.gatehouse.cache;

import dev.gatehouse.http.Ascii;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Forwarding;

/**
 * What a trusted proxy before us says of a request's target. Origins make links and redirects of it
 * without a word in Vary, and so do we.
 */
final class Front {
  /** There is none. */
  static final String NONE = "";

  private Front() {}

  /**
   * All that is said but who the client is.
   *
   * @param request the fields as they came
   */
  static String said(Fields request) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < request.size(); i++) {
      String name = request.name(i);
      if (Forwarding.claims(name) && !Forwarding.namesClient(name)) {
        String value = request.value(i);
        CacheKey.part(said, Ascii.lower(name));
        CacheKey.part(
            said, name.equalsIgnoreCase("Forwarded") ? Forwarding.withoutNodes(value) : value);
      }
    }
    return said.toString();
  }
}
