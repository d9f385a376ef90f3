package dev.gatehouse.sample;

import org.eclipse.jetty.http.HttpFields;

/**
 * Who answered, as the response tells.
 *
 * @param name the backend's, or what stands for it
 */
record AnsweredBy(String name, boolean isBackend) {
  /** From store: no backend had a part in it, whoever sent it once. */
  static final AnsweredBy CACHE = new AnsweredBy("from the cache", false);

  /** The answer that a backend gave to an equal request at the same time. */
  static final AnsweredBy COLLAPSED = new AnsweredBy("with another's request", false);

  static final AnsweredBy UNKNOWN = new AnsweredBy("no backend named", false);

  static AnsweredBy backend(String name) {
    return new AnsweredBy(name, true);
  }

  static AnsweredBy of(HttpFields response) {
    String word = response.get("X-Cache");
    if ("HIT".equals(word) || "STALE".equals(word)) {
      return CACHE;
    }
    String backend = response.get("X-Backend-Server");
    if (backend != null) {
      return backend(backend);
    }
    String status = response.get("Cache-Status");
    boolean collapsed = status != null && status.contains("; collapsed"); // RFC 9211 §2.6
    return collapsed ? COLLAPSED : UNKNOWN;
  }
}
