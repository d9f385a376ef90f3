package dev.gatehouse.cache;

import dev.gatehouse.http.CacheControl;
import dev.gatehouse.http.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the origin asks of us as a shared cache: by the first targeted field that is there and valid
 * (RFC 9213 §2.2), or else by Cache-Control (RFC 9111 §5.2.2).
 *
 * @param targeted whether a targeted field decides: Cache-Control and Expires then say nothing
 */
record ResponseDirectives(CacheControl control, boolean targeted) {
  /** Without these, nobody knows what the body is, or whom it is for. */
  private static final List<String> NEEDED =
      List.of("Content-Type", "Content-Encoding", "Content-Range", "Content-Location", "Vary");

  /**
   * Reads them.
   *
   * @param targetedHeaders names of targeted fields, those that count most first
   */
  static ResponseDirectives of(Fields response, List<String> targetedHeaders) {
    for (String name : targetedHeaders) {
      List<String> lines = response.all(name);
      Optional<CacheControl> control =
          lines.isEmpty() ? Optional.empty() : CacheControl.targeted(lines);
      if (control.isPresent()) {
        return new ResponseDirectives(control.get(), true);
      }
    }
    return new ResponseDirectives(CacheControl.parse(response.all("Cache-Control")), false);
  }

  /** Not to be used again without validation (§5.2.2.4). */
  boolean noCache() {
    return control.noCache() || needs(control.noCacheFields());
  }

  /** Not for us (§5.2.2.7). */
  boolean isPrivate() {
    return control.isPrivate() || needs(control.privateFields());
  }

  /** The fields that are not kept: private ones, and those that need validation each time. */
  Set<String> withheld() {
    if (control.noCacheFields().isEmpty() && control.privateFields().isEmpty()) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(control.noCacheFields());
    names.addAll(control.privateFields());
    return names;
  }

  /** §4.2.4: never to be used when stale. §5.2.2.10: s-maxage means proxy-revalidate, too. */
  boolean forbidsStale() {
    return noCache()
        || control.mustRevalidate()
        || control.proxyRevalidate()
        || control.sMaxage().isPresent();
  }

  /** Whether shared caches are meant in so many words. */
  boolean addressesUs() {
    return targeted || control.isPublic() || control.sMaxage().isPresent();
  }

  /** Whether a lifetime is stated, be it of use or not (§4.2.1). */
  boolean statesLifetime(Fields response) {
    return control.sMaxage().isPresent()
        || control.maxAge().isPresent()
        || (!targeted && response.has("Expires"));
  }

  private static boolean needs(Set<String> withheld) {
    for (String name : NEEDED) {
      if (withheld.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
