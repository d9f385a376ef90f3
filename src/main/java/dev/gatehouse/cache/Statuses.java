package dev.gatehouse.cache;

/** What a status means to a cache. */
final class Statuses {
  private static final int FIRST_FINAL = 200;
  private static final int LAST = 599;

  private Statuses() {}

  /** Whether a lifetime may be supposed (RFC 9110 §15.1). */
  static boolean isHeuristicallyCacheable(int status) {
    return switch (status) {
      case 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501 -> true;
      default -> false;
    };
  }

  /**
   * Whether the requirements of the status are known and met (RFC 9111 §5.2.2.3): those of RFC 9110
   * §15, but those that only have to do with one request.
   */
  static boolean isUnderstood(int status) {
    return switch (status) {
      case 200, 201, 202, 203, 204, 205 -> true;
      case 300, 301, 302, 303, 307, 308 -> true;
      case 400, 402, 403, 404, 405, 406, 408, 409, 410, 411, 413, 414, 415, 422, 426 -> true;
      case 500, 501, 502, 503, 504, 505 -> true;
      default -> false;
    };
  }

  /**
   * Whether the response can be the answer to another request. Statuses that nobody knows can (RFC
   * 9111 §3).
   */
  static boolean isForAnybody(int status) {
    return switch (status) {
      case 304, 412, 416 -> false; // about this request's conditions and range
      case 401, 407, 417, 421, 425 -> false; // about its credentials, Expect, connection, timing
      case 428, 429, 431, 511 -> false; // RFC 6585: MUST NOT be stored
      default -> status >= FIRST_FINAL && status <= LAST;
    };
  }
}
