package dev.gatehouse.http;

/** What RFC 9110 says of methods. Names are case-sensitive (§9.1). */
public final class Methods {
  private Methods() {}

  /** Whether sending the request twice does what sending it once does (RFC 9110 §9.2.2). */
  public static boolean isIdempotent(String method) {
    return switch (method) {
      case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY" -> true;
      default -> false;
    };
  }

  /** Whether it asks for nothing to change (RFC 9110 §9.2.1); an unknown one may ask for it. */
  public static boolean isSafe(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE", "QUERY" -> true;
      default -> false;
    };
  }

  /** Whether it is a method of RFC 9110 §9, RFC 5789 (PATCH) or RFC 10008 (QUERY). */
  public static boolean isKnown(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY" -> true;
      case "CONNECT", "TRACE" -> true;
      default -> false;
    };
  }

  /** Whether content has no meaning for the method and is expected never to come (§9.3.1, 2). */
  public static boolean isUsuallyBodiless(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }
}
