package dev.gatehouse.http;

/**
 * Request fields by which a backend would act on something else than what our rules have looked at.
 * Nobody may send them through us, trusted proxies included: many pass on what a stranger sent.
 */
public final class Overriding {
  private Overriding() {}

  /**
   * Whether the field replaces the request's target ({@code X-Original-URL} and {@code
   * X-Rewrite-URL} of IIS, which Symfony and others believe, and {@code X-Original-URI} of nginx),
   * or the address of the proxy by which a CGI program calls others ({@code Proxy}).
   */
  public static boolean is(String name) {
    return switch (name.length()) {
      case 5 -> name.equalsIgnoreCase("Proxy"); // CVE-2016-5385
      case 13 -> name.equalsIgnoreCase("X-Rewrite-URL");
      case 14 -> name.equalsIgnoreCase("X-Original-URL") || name.equalsIgnoreCase("X-Original-URI");
      default -> false;
    };
  }

  /** Whether the field names a method to be used instead of the request's. */
  public static boolean isMethod(String name) {
    return switch (name.length()) {
      case 13 -> name.equalsIgnoreCase("X-HTTP-Method");
      case 17 -> name.equalsIgnoreCase("X-Method-Override");
      case 22 -> name.equalsIgnoreCase("X-HTTP-Method-Override");
      default -> false;
    };
  }
}
