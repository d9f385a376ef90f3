package dev.gatehouse.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The target URI of a request (RFC 9110 §7.1), so that equal ones are equal: scheme and host in
 * lower case, no default port; path and query as they came, since what is equivalent there is only
 * for the origin to say.
 *
 * @param authority host, and the port unless it is the scheme's own
 * @param resource raw path, and behind a question mark the raw query if there is one, however empty
 */
public record Target(String scheme, String authority, String resource) {
  /**
   * Of what a request says of its target.
   *
   * @param host with or without a port
   * @param path raw
   * @param query raw, without question mark; null: there is none
   */
  public static Target of(String scheme, String host, String path, @Nullable String query) {
    String lower = Ascii.lower(scheme);
    return new Target(lower, authority(lower, host), query == null ? path : path + '?' + query);
  }

  /** Without the query. */
  public String path() {
    int query = resource.indexOf('?');
    return query < 0 ? resource : resource.substring(0, query);
  }

  /** Same scheme, host and port (RFC 9110 §4.3.1). */
  public boolean hasOriginOf(Target other) {
    return scheme.equals(other.scheme) && authority.equals(other.authority);
  }

  /**
   * What a reference means here (RFC 3986 §5.2.2), without its fragment.
   *
   * @return empty if that is no target of HTTP, or nothing that can be told
   */
  public Optional<Target> resolve(String reference) {
    for (int i = 0; i < reference.length(); i++) {
      char c = reference.charAt(i);
      if (c <= ' ' || c == '\\' || c == 0x7f) { // which programs read in different ways
        return Optional.empty();
      }
    }
    int fragment = reference.indexOf('#');
    String rest = fragment < 0 ? reference : reference.substring(0, fragment);
    int colon = schemeEnd(rest);
    if (colon < 0) {
      return rest.startsWith("//") ? absolute(scheme, rest.substring(2)) : relative(rest);
    }
    String otherScheme = Ascii.lower(rest.substring(0, colon));
    boolean known = otherScheme.equals("http") || otherScheme.equals("https");
    return known && rest.startsWith("//", colon + 1)
        ? absolute(otherScheme, rest.substring(colon + 3))
        : Optional.empty();
  }

  /** Of what follows {@code //}. */
  private static Optional<Target> absolute(String scheme, String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
      end++;
    }
    String authority = authority(scheme, rest.substring(0, end));
    String resource = rest.substring(end);
    return Optional.of(
        new Target(
            scheme, authority, withoutDots(resource.startsWith("/") ? resource : '/' + resource)));
  }

  private Optional<Target> relative(String rest) {
    String path = path();
    String merged;
    if (rest.isEmpty()) {
      return Optional.of(this);
    } else if (rest.startsWith("?")) {
      merged = path + rest;
    } else if (rest.startsWith("/")) {
      merged = withoutDots(rest);
    } else {
      merged = withoutDots(path.substring(0, path.lastIndexOf('/') + 1) + rest); // §5.2.3
    }
    return merged.startsWith("/")
        ? Optional.of(new Target(scheme, authority, merged))
        : Optional.empty();
  }

  /** RFC 3986 §5.2.4 on the path, which begins with a slash; the query is left alone. */
  private static String withoutDots(String resource) {
    int query = resource.indexOf('?');
    int length = query < 0 ? resource.length() : query;
    StringBuilder clean = new StringBuilder(resource.length());
    int start = 0;
    while (start < length) {
      int slash = resource.indexOf('/', start + 1);
      int end = slash < 0 || slash > length ? length : slash;
      String segment = resource.substring(start, end); // with the slash before it
      boolean up = segment.equals("/..");
      if (up) {
        clean.setLength(Math.max(0, clean.lastIndexOf("/")));
      }
      if (!up && !segment.equals("/.")) {
        clean.append(segment);
      } else if (end == length) {
        clean.append('/');
      }
      start = end;
    }
    return clean.append(resource, length, resource.length()).toString();
  }

  /** Where the colon behind a scheme is (§3.1); negative if there is no scheme. */
  private static int schemeEnd(String reference) {
    for (int i = 0; i < reference.length(); i++) {
      char c = reference.charAt(i);
      if (c == ':') {
        return i == 0 || Ascii.isDigit(reference.charAt(0)) ? -1 : i;
      }
      if (!Ascii.isAlphanumeric(c) && "+-.".indexOf(c) < 0) {
        return -1;
      }
    }
    return -1;
  }

  /**
   * The normal form of an authority.
   *
   * @param scheme in lower case
   * @param host with or without a port
   */
  public static String authority(String scheme, String host) {
    String lower = Ascii.lower(host);
    int colon = lower.lastIndexOf(':');
    if (colon < 0 || colon < lower.lastIndexOf(']')) {
      return lower;
    }
    int start = colon + 1;
    while (start < lower.length() - 1 && lower.charAt(start) == '0') {
      start++; // as much as RFC 3986 §3.2.3 allows of a port
    }
    String own = scheme.equals("https") ? "443" : "80";
    int digits = lower.length() - start;
    if (digits == 0 || (digits == own.length() && lower.endsWith(own))) {
      return lower.substring(0, colon); // RFC 9110 §4.2.3
    }
    return start == colon + 1 ? lower : lower.substring(0, colon + 1) + lower.substring(start);
  }
}
