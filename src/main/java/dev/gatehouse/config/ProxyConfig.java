package dev.gatehouse.config;

import dev.gatehouse.http.HostPort;
import dev.gatehouse.http.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration, as a value: parsed once at start, complete and valid, never changed.
 *
 * @param routes what is forwarded where; no two match the same
 * @param pools the backends, one pool for each id that a route names
 */
public record ProxyConfig(
    boolean debug,
    List<Route> routes,
    List<PoolConfig> pools,
    Client client,
    DnsConfig dns,
    Tls tls,
    Auth auth,
    Forwarded forwarded,
    Guard guard,
    Answer answer,
    Log log,
    CacheConfig cache,
    Shutdown shutdown) {

  public ProxyConfig {
    routes = List.copyOf(routes);
    pools = List.copyOf(pools);
  }

  /** The same without the keys, which nobody needs once they are hashed. */
  public ProxyConfig withoutKeys() {
    Auth bare =
        new Auth(
            auth.enabled(),
            auth.keyHeader(),
            List.of(),
            auth.keyFile(),
            auth.forwardHeader(),
            auth.statusAccess());
    return new ProxyConfig(
        debug, routes, pools, client, dns, tls, bare, forwarded, guard, answer, log, cache,
        shutdown);
  }

  /**
   * Which requests are meant, and what of them is changed on their way to a pool.
   *
   * @param prefix stripped from the request's raw path on a segment boundary; empty: nothing
   * @param preserveHost whether the backend sees the client's Host field
   * @param hostHeader sent as Host field instead of the backend's own name
   */
  public record Route(
      String id,
      Match match,
      String prefix,
      boolean preserveHost,
      Optional<String> hostHeader,
      String poolId) {}

  /**
   * Which requests a route is for.
   *
   * @param path {@code /shop/*} for {@code /shop} and all below it, {@code /shop} for that alone
   * @param hosts as {@code http.HostName} makes them, {@code *.} before for those below; empty: any
   */
  public record Match(String path, List<String> hosts) {
    /** Every request. */
    public static final Match ALL = new Match("/*", List.of());

    public Match {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * How we call backends.
   *
   * @param totalTimeout a bound on a whole exchange; zero: none
   * @param keepAliveTimeout how long a pooled connection may idle
   * @param maxConnectionAge from when on it is not used again; zero: never
   * @param maxRequestsPerConnection after which it is closed; zero: any number
   * @param selectors zero: half the processors, at least one
   */
  public record Client(
      Duration connectTimeout,
      Duration responseTimeout,
      Duration idleTimeout,
      Duration totalTimeout,
      Duration keepAliveTimeout,
      Duration maxConnectionAge,
      int maxRequestsPerConnection,
      int maxConnections,
      int maxThreads,
      int selectors,
      int requestBufferSize,
      int responseBufferSize,
      int maxResponseHeadersSize) {}

  /**
   * Who may use the proxy.
   *
   * @param enabled false only for {@code proxy.auth.mode=none}
   * @param keyLines key definitions as configured, parsed and checked by {@code auth.ApiKeys}
   * @param keyFile further definitions, one a line, read again when it changes
   * @param forwardHeader the field that tells the backend the key's id
   */
  public record Auth(
      boolean enabled,
      String keyHeader,
      List<Secret> keyLines,
      Optional<Path> keyFile,
      String forwardHeader,
      StatusAccess statusAccess) {
    public Auth {
      keyLines = List.copyOf(keyLines);
    }
  }

  /** Who may see what is under {@code /_proxy/}. */
  public enum StatusAccess {
    /** A key with scope {@code admin}. */
    ADMIN,
    /** Also loopback peers without forwarding headers. */
    LOCAL,
    /** Nobody. */
    OFF
  }

  /** Which forwarding fields the backend gets. */
  public enum ForwardedMode {
    X,
    RFC7239,
    BOTH,
    OFF;

    /** Whether {@code X-Forwarded-*} are set. */
    public boolean x() {
      return this == X || this == BOTH;
    }

    /** Whether {@code Forwarded} (RFC 7239) is set. */
    public boolean rfc7239() {
      return this == RFC7239 || this == BOTH;
    }
  }

  /**
   * What is believed and said of the way that a request takes.
   *
   * @param trustedProxies peers whose forwarding fields are believed
   * @param via our name in Via; empty: no Via field
   */
  public record Forwarded(ForwardedMode mode, List<Cidr> trustedProxies, Optional<String> via) {
    public Forwarded {
      trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether the peer at this literal address is one whose forwarding fields count. */
    public boolean trusts(String peer) {
      IpAddress address = trustedProxies.isEmpty() ? null : IpAddress.parse(peer);
      if (address == null) {
        return false;
      }
      for (Cidr range : trustedProxies) {
        if (range.contains(address)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * What we add to or change in responses.
   *
   * @param backendHeader the field that names the backend; empty: none
   * @param rewriteLocation whether a Location at a backend is mapped to our own address
   * @param rewriteCookies which attributes of Set-Cookie are
   */
  public record Answer(
      Optional<String> backendHeader, boolean rewriteLocation, RewriteCookies rewriteCookies) {}

  /** What of a Set-Cookie is mapped from a backend's to our own. */
  public enum RewriteCookies {
    OFF,
    PATH,
    DOMAIN,
    BOTH;

    /** Whether Path is. */
    public boolean path() {
      return this == PATH || this == BOTH;
    }

    /** Whether Domain is. */
    public boolean domain() {
      return this == DOMAIN || this == BOTH;
    }
  }

  /**
   * What a request may be.
   *
   * @param methods those that are forwarded; empty: any but CONNECT and TRACE
   * @param strictPaths whether a path that can be read in two ways is refused
   * @param encodedSlash whether {@code %2F} may stand in a path
   * @param maxUriLength bytes of path and query
   * @param maxHeaders number of fields
   * @param maxHeaderSize bytes of all names and values
   * @param maxBodySize bytes; zero: no bound
   * @param pageHosts where our own pages are and nothing else is; empty: anywhere
   */
  public record Guard(
      Set<String> methods,
      boolean strictPaths,
      boolean encodedSlash,
      int maxUriLength,
      int maxHeaders,
      int maxHeaderSize,
      long maxBodySize,
      List<HostPort> pageHosts) {
    public Guard {
      methods = Collections.unmodifiableSet(new LinkedHashSet<>(methods)); // Allow has their order
      pageHosts = List.copyOf(pageHosts);
    }
  }

  /**
   * What is said of each request.
   *
   * @param requestIdHeader the field with its id; empty: none
   */
  public record Log(AccessLog accessLog, Optional<String> requestIdHeader) {}

  /**
   * How the application ends.
   *
   * @param delay how long requests are still taken after {@code /_proxy/ready} has turned
   * @param timeout how long those under way may take after that
   */
  public record Shutdown(Duration delay, Duration timeout) {}

  /**
   * Where a line for each request goes.
   *
   * @param enabled whether anywhere
   * @param file empty: to the container's log
   */
  public record AccessLog(boolean enabled, Optional<Path> file) {}
}
