package dev.gatehouse.cache;

/** Why a request goes to the origin whatever is stored; counted, and told in Cache-Status. */
public enum Bypass {
  /** Not one that is answered from store. */
  METHOD("method"),
  /** The client's own directives (RFC 9111 §5.2.1), where they count. */
  NO_STORE("request-no-store"),
  NO_CACHE("request-no-cache"),
  MAX_AGE("request-max-age"),
  MIN_FRESH("request-min-fresh"),
  /** If-Match or If-Unmodified-Since, which only an origin finds failed (RFC 9111 §4.3.2). */
  PRECONDITION("request-precondition");

  private final String word;

  Bypass(String word) {
    this.word = word;
  }

  /** For Cache-Status and counters. */
  public String word() {
    return word;
  }
}
