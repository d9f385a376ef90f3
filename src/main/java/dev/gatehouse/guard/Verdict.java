package dev.gatehouse.guard;

/** What becomes of a request. */
enum Verdict {
  FORWARD(0),
  /** An OPTIONS that is meant for us. */
  ANSWER(200),
  MALFORMED(400),
  METHOD_NOT_ALLOWED(405),
  BODY_TOO_LARGE(413),
  TARGET_TOO_LONG(414),
  UNKNOWN_EXPECTATION(417),
  FIELDS_TOO_LARGE(431),
  NOT_IMPLEMENTED(501),
  UNKNOWN_VERSION(505),
  LOOP(508);

  private final int status;

  Verdict(int status) {
    this.status = status;
  }

  /** Of our own answer; 0 for none. */
  int status() {
    return status;
  }

  /** Whether it names the methods that are allowed (RFC 9110 §10.2.1). */
  boolean namesMethods() {
    return this == ANSWER || this == METHOD_NOT_ALLOWED;
  }

  /** Whether where the request ends is beyond doubt, so that another one may follow it. */
  boolean trustsFraming() {
    return this == ANSWER || this == METHOD_NOT_ALLOWED || this == NOT_IMPLEMENTED || this == LOOP;
  }
}
