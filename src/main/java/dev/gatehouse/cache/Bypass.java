package dev.gatehouse.cache;

/** Why a request goes to the origin whatever is stored; counted, and told in Cache-Status. */
public enum Bypass {
  /** Not one that is answered from store. */
  METHOD("method"),
  /** GET or HEAD with content, which has no meaning that we know (RFC 9110 §9.3.1). */
  CONTENT("request-content"),
  /** More of a body than a key is made of. */
  BODY_SIZE("request-body-size"),
  /** A body that does not come in time. */
  BODY_LATE("request-body-late"),
  /** Fields that follow the body, which are known too late. */
  TRAILERS("request-trailers"),
  /** The client asks whether to send its body, and it is the origin that answers. */
  EXPECT("request-expect"),
  /** The client's own directives (RFC 9111 §5.2.1), where they count. */
  NO_STORE("request-no-store"),
  NO_CACHE("request-no-cache"),
  MAX_AGE("request-max-age"),
  MIN_FRESH("request-min-fresh"),
  /** What only an origin finds failed (RFC 9111 §4.3.2); with POST, any condition. */
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
