package dev.gatehouse.faults;

import dev.gatehouse.testkit.Reply;

/**
 * What a client got for one request.
 *
 * @param dueNanos when it should have been sent
 * @param micros from then to its end
 * @param detail status, end or exception, in words
 */
record Outcome(
    String id, boolean post, Kind kind, int status, long dueNanos, long micros, String detail) {
  /** How a request may end. */
  enum Kind {
    /** The answer, whole. */
    ANSWERED,
    /** Another status. */
    REFUSED,
    /** No whole answer, and the client can tell. */
    BROKEN,
    /** Not all of the answer, but the client can't tell. */
    CUT,
    /** An answer that nobody gave to this request. */
    FOREIGN
  }

  static Kind judge(String id, Reply reply) {
    if (!reply.isWhole()) {
      return Kind.BROKEN;
    }
    if (reply.status() != 200) {
      return Kind.REFUSED;
    }
    String body = reply.text();
    if (body.equals(Payload.answer(id))) {
      return Kind.ANSWERED;
    }
    return Payload.isBeginOfAnswer(id, body) ? Kind.CUT : Kind.FOREIGN;
  }

  boolean failed() {
    return kind != Kind.ANSWERED;
  }
}
