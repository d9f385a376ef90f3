package dev.gatehouse.auth;

import java.util.Locale;
import java.util.Optional;

/** Whether what is asked with an operator's key was wanted by the operator, or by a page. */
public final class CrossSitePolicy {
  private CrossSitePolicy() {}

  /**
   * What tells of a request's maker.
   *
   * @param site Sec-Fetch-Site, which browsers set and no script can; they do so for origins that
   *     they trust: https, and this machine
   * @param origin the field of that name (RFC 6454 §7)
   * @param authority what the request asks for, as in Host
   * @param keyInField whether the key came in a field of its own, which no form can send and no
   *     script of another site without our leave; else it came as a password
   * @param tokenFits whether a token of our own pages came with it
   */
  public record Asked(
      Optional<String> site,
      Optional<String> origin,
      String authority,
      boolean keyInField,
      boolean tokenFits) {}

  /**
   * Whether it is a person who opens a page; what scripts and frames fetch is none of their doing.
   *
   * @param dest Sec-Fetch-Dest; tools and old browsers do not tell, nor does one without TLS
   */
  public static boolean isOpened(Optional<String> dest) {
    return dest.isEmpty() || dest.get().equals("document");
  }

  /** Whether to do what it asks for. */
  public static boolean trusts(Asked asked) {
    return !isForeign(asked) && (asked.keyInField() || asked.tokenFits());
  }

  /** The site that the browser tells of counts before the origin, which a proxy may make differ. */
  private static boolean isForeign(Asked asked) {
    if (asked.site().isPresent()) {
      String site = asked.site().get();
      return !site.equals("same-origin") && !site.equals("none");
    }
    return asked.origin().isPresent() && !isOurs(asked.origin().get(), asked.authority());
  }

  /** By host and port: whether the client came with TLS, a proxy before us may know better. */
  private static boolean isOurs(String origin, String authority) {
    String lower = origin.toLowerCase(Locale.ROOT);
    for (String scheme : new String[] {"https://", "http://"}) {
      if (lower.startsWith(scheme)) {
        return lower.substring(scheme.length()).equals(authority.toLowerCase(Locale.ROOT));
      }
    }
    return false; // "null" too: a page that hides where it is from
  }
}
