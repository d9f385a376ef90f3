package dev.gatehouse.guard;

import org.jspecify.annotations.Nullable;

/** Decides whether a request is for us to forward. */
final class RequestPolicy {
  /** What a 405 and our own answer to OPTIONS name (RFC 9110 §10.2.1). */
  static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private RequestPolicy() {}

  /** What to do with a request. */
  enum Decision {
    FORWARD(0),
    /** An OPTIONS that is meant for us. */
    ANSWER(200),
    REFUSE_METHOD(405),
    REFUSE(400);

    private final int status;

    Decision(int status) {
      this.status = status;
    }

    /** Of our own answer; 0 for none. */
    int status() {
      return status;
    }
  }

  /**
   * The decision on what is known from the head.
   *
   * @param protocol as the container says it, such as {@code HTTP/1.1}
   * @param transferCoded whether there is a Transfer-Encoding
   * @param maxForwards the value of Max-Forwards; null for none
   */
  static Decision decide(
      String method, String protocol, boolean transferCoded, @Nullable String maxForwards) {
    if (transferCoded && protocol.equals("HTTP/1.0")) {
      return Decision.REFUSE; // RFC 9112 §6.1: its framing is faulty
    }
    if (method.equals("TRACE") || method.equals("CONNECT")) {
      return Decision.REFUSE_METHOD; // RFC 9110 §9.3.8 would echo keys; §9.3.6 is not for gateways
    }
    if (method.equals("OPTIONS") && maxForwards != null) {
      if (!isNumber(maxForwards)) {
        return Decision.REFUSE;
      }
      return isZero(maxForwards) ? Decision.ANSWER : Decision.FORWARD; // §7.6.2
    }
    return Decision.FORWARD;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isZero(String number) {
    return number.chars().allMatch(c -> c == '0');
  }
}
