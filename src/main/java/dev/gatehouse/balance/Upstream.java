package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig;
import java.net.URI;
import java.util.Locale;

/**
 * One backend of a pool, with the parts of its URL that a request needs, taken apart once.
 *
 * <p>Immutable; equal only to itself (see the package's decisions).
 */
public final class Upstream {
  private final String id;
  private final URI url;
  private final int weight;
  private final boolean backup;
  private final String scheme;
  private final String host;
  private final int port;
  private final String basePath;
  private final String authority;
  private final String origin;
  private final Whereabouts whereabouts;

  /**
   * Takes the URL apart.
   *
   * @param url http or https with a host; user info, query and fragment are left out
   * @param weight at least 1
   */
  public Upstream(String id, URI url, int weight) {
    this(id, url, weight, false, Whereabouts.OF_URL);
  }

  private Upstream(String id, URI url, int weight, boolean backup, Whereabouts whereabouts) {
    if (url.getScheme() == null || url.getHost() == null || weight < 1) {
      throw new IllegalArgumentException("not a backend: " + id);
    }
    this.id = id;
    this.url = url;
    this.weight = weight;
    this.backup = backup;
    this.whereabouts = whereabouts;
    this.scheme = url.getScheme().toLowerCase(Locale.ROOT);
    this.host = url.getHost().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    this.port = url.getPort() < 0 ? usual : url.getPort();
    this.authority = port == usual ? host : host + ":" + port; // RFC 9110 §4.2.3
    this.origin = scheme + "://" + authority;
    this.basePath = withoutTrailingSlashes(url.getRawPath());
  }

  /** Makes the upstream of a configured backend. */
  public static Upstream of(PoolConfig.Backend backend) {
    return new Upstream(
        backend.id(), backend.url(), backend.weight(), backend.backup(), Whereabouts.OF_URL);
  }

  /** The same backend under this id, whose connections go here whatever its name means. */
  public Upstream at(String id, Whereabouts whereabouts) {
    return new Upstream(id, url, weight, backup, whereabouts);
  }

  public String id() {
    return id;
  }

  /** The URL as configured. */
  public URI url() {
    return url;
  }

  public int weight() {
    return weight;
  }

  /** Whether it serves only while no other does. */
  public boolean isBackup() {
    return backup;
  }

  /** In lower case: {@code http} or {@code https}. */
  public String scheme() {
    return scheme;
  }

  /** In lower case; an IPv6 address keeps its brackets. */
  public String host() {
    return host;
  }

  /** Where connections to it go. */
  public Whereabouts whereabouts() {
    return whereabouts;
  }

  /** The scheme's default unless given. */
  public int port() {
    return port;
  }

  /** Raw, without a trailing slash; empty for none. */
  public String basePath() {
    return basePath;
  }

  /** Host and port as in a Host field: without user info, the port only when not the default. */
  public String authority() {
    return authority;
  }

  /** Scheme and authority, such as {@code https://h:8000}. */
  public String origin() {
    return origin;
  }

  /** Marks connections to it that are kept apart from those of the traffic, for their purpose. */
  public record Apart(Upstream upstream, String purpose) {}

  /** Whether both have the same URL, however it is written. */
  public boolean isSamePlace(Upstream other) {
    return origin.equals(other.origin) && basePath.equals(other.basePath);
  }

  /** Whether they are one backend, at one address. */
  boolean isSameServer(Upstream other) {
    return isSamePlace(other) && whereabouts.equals(other.whereabouts);
  }

  @Override
  public String toString() {
    return id;
  }

  private static String withoutTrailingSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
