package dev.gatehouse.config;

import dev.gatehouse.config.ProxyConfig.AccessLog;
import dev.gatehouse.config.ProxyConfig.Answer;
import dev.gatehouse.config.ProxyConfig.Auth;
import dev.gatehouse.config.ProxyConfig.Client;
import dev.gatehouse.config.ProxyConfig.Forwarded;
import dev.gatehouse.config.ProxyConfig.ForwardedMode;
import dev.gatehouse.config.ProxyConfig.Guard;
import dev.gatehouse.config.ProxyConfig.Log;
import dev.gatehouse.config.ProxyConfig.RewriteCookies;
import dev.gatehouse.config.ProxyConfig.Route;
import dev.gatehouse.config.ProxyConfig.Shutdown;
import dev.gatehouse.config.ProxyConfig.StatusAccess;
import dev.gatehouse.http.HostField;
import dev.gatehouse.http.HostPort;
import dev.gatehouse.http.Token;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Builds the record tree, and holds the rules that bind several parameters. */
final class ConfigReader {
  private static final List<String> OWN_FIELDS =
      List.of(
          "proxy.auth.apiKeyHeader",
          "proxy.auth.forwardHeader",
          "proxy.backendHeader",
          "proxy.requestIdHeader",
          "proxy.cache.statusHeader");

  private static final String PAGE_HOSTS = "proxy.status.hosts";

  private final Params params;
  private final String contextPath;
  private final String pseudonym;
  private final boolean debug;

  ConfigReader(Params params, String contextPath, String pseudonym) {
    this.params = params;
    this.contextPath = contextPath;
    this.pseudonym = pseudonym;
    debug = params.flag("proxy.debug");
  }

  /** Complete, but of use only if no problem was reported. */
  ProxyConfig read() {
    params.text(Parameters.INSTANCE, name -> name.matches("[A-Za-z0-9_-]+"));
    List<PoolConfig> pools = new PoolsReader(params).read();
    Guard guard = guard();
    List<Route> routes = new RoutesReader(params, contextPath, guard, pools).read();
    refuseRoutesAtPages(routes, guard.pageHosts());
    ProxyConfig config =
        new ProxyConfig(
            debug,
            routes,
            pools,
            client(),
            new DnsReader(params).read(),
            new TlsReader(params, debug).read(),
            auth(),
            forwarded(),
            guard,
            new Answer(
                headerOrOff("proxy.backendHeader"),
                params.flag("proxy.rewrite.location"),
                params.choice("proxy.rewrite.cookies", RewriteCookies.class)),
            new Log(accessLog(), headerOrOff("proxy.requestIdHeader")),
            new CacheReader(params).read(),
            new Shutdown(
                params.duration("proxy.shutdownDelay", Duration.ZERO),
                params.duration("proxy.shutdownTimeout", Duration.ZERO)));
    refuseSharedFields();
    refusePurgeThatIsTurnedAway(config);
    return config;
  }

  private void refusePurgeThatIsTurnedAway(ProxyConfig config) {
    Set<String> methods = config.guard().methods();
    if (!config.cache().purgeFrom().isEmpty()
        && !methods.isEmpty()
        && !methods.contains("PURGE")
        && params.sound("proxy.guard.methods")) {
      params.refuse("proxy.cache.purge.from", "add PURGE to proxy.guard.methods, too");
    }
  }

  /** One field can't carry two things; the second would overwrite, or give away, the first. */
  private void refuseSharedFields() {
    Map<String, String> taken = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : OWN_FIELDS) {
      String field = params.setting(name).value();
      String other = field.equalsIgnoreCase("off") ? null : taken.putIfAbsent(field, name);
      if (other != null && params.sound(name) && params.sound(other)) {
        boolean set = params.given(name).isPresent();
        params.refuse(set ? name : other, "is the field of " + (set ? other : name) + " too");
      }
    }
  }

  private Client client() {
    int maxThreads = params.number("proxy.upstream.maxThreads", 8, 10_000);
    return new Client(
        params.duration("proxy.upstream.connectTimeout", Params.SHORTEST),
        params.duration("proxy.upstream.responseTimeout", Params.SHORTEST),
        params.duration("proxy.upstream.idleTimeout", Params.SHORTEST),
        params.duration("proxy.upstream.timeout", Duration.ZERO),
        params.duration("proxy.upstream.keepAliveTimeout", Params.SHORTEST),
        params.duration("proxy.upstream.maxConnectionAge", Duration.ZERO),
        params.number("proxy.upstream.maxRequestsPerConnection", 0, 1_000_000_000),
        params.number("proxy.upstream.maxConnections", 1, 65_535),
        maxThreads,
        selectors(maxThreads),
        params.size("proxy.upstream.requestBufferSize"),
        params.size("proxy.upstream.responseBufferSize"),
        params.size("proxy.upstream.maxResponseHeadersSize"));
  }

  /** Zero for {@code auto}. */
  private int selectors(int maxThreads) {
    String name = "proxy.upstream.selectors";
    if (params.setting(name).value().equalsIgnoreCase("auto")) {
      return 0;
    }
    int most = maxThreads / 2; // each one holds a thread of the pool for good
    Optional<Integer> selectors =
        Values.number(params.setting(name).value()).filter(n -> n >= 1 && n <= most);
    if (selectors.isEmpty() && params.sound(name)) {
      params.refuse(
          name, "write auto, or a number from 1 to half of proxy.upstream.maxThreads: " + most);
    }
    return selectors.orElse(0);
  }

  private Auth auth() {
    String keys = "proxy.auth.apiKeys";
    String file = "proxy.auth.apiKeyFile";
    boolean enabled = params.word("proxy.auth.mode", List.of("none", "apiKey")).equals("apiKey");
    if (enabled
        && params.sound("proxy.auth.mode")
        && params.missing(keys)
        && params.missing(file)) {
      params.require(
          keys,
          "no API key is set: set one here as id:key, or name a file in "
              + file
              + ", or choose proxy.auth.mode=none to let everyone in");
    }
    return new Auth(
        enabled,
        params.requiredText("proxy.auth.apiKeyHeader", Syntax::isOwnField),
        params.secrets(keys),
        params.file(file),
        params.requiredText("proxy.auth.forwardHeader", Syntax::isOwnField),
        params.choice("proxy.status.access", StatusAccess.class));
  }

  private Forwarded forwarded() {
    return new Forwarded(
        params.choice("proxy.forwarded.mode", ForwardedMode.class),
        params.ranges("proxy.forwarded.trustedProxies"),
        via());
  }

  /** RFC 9110 §7.6.3: a pseudonym, or a host with an optional port. */
  private Optional<String> via() {
    String via =
        params.requiredText("proxy.viaHost", text -> Token.is(text) || Syntax.isAuthority(text));
    return via.equalsIgnoreCase("off")
        ? Optional.empty()
        : Optional.of(via.equalsIgnoreCase("auto") ? pseudonym : via);
  }

  private Guard guard() {
    return new Guard(
        methods(),
        params.word("proxy.guard.paths", List.of("strict", "pass")).equals("strict"),
        params.word("proxy.uri.encodedSlash", List.of("reject", "pass")).equals("pass"),
        params.size("proxy.guard.maxUriLength"),
        params.number("proxy.guard.maxHeaders", 1, 100_000),
        params.size("proxy.limit.maxHeaderSize"),
        params.limit("proxy.limit.maxBodySize"),
        pageHosts());
  }

  private List<HostPort> pageHosts() {
    Setting setting = params.setting(PAGE_HOSTS);
    List<HostPort> hosts = new ArrayList<>();
    for (String entry : Params.list(setting)) {
      HostPort host = HostPort.of(entry);
      if (HostField.isValid(entry) && !entry.endsWith(":") && !host.host().isEmpty()) {
        hosts.add(host);
      } else {
        params.refuse(setting, entry, Kind.AUTHORITIES.wanted());
      }
    }
    return hosts;
  }

  /** A route that no request can take is a slip. */
  private void refuseRoutesAtPages(List<Route> routes, List<HostPort> pageHosts) {
    for (Route route : routes) {
      for (String host : route.match().hosts()) {
        if (pageHosts.contains(new HostPort(host, 0)) && params.sound(PAGE_HOSTS)) {
          params.refuse(
              params.setting(PAGE_HOSTS),
              host,
              "route " + route.id() + " is for it, and no request would get there");
        }
      }
    }
  }

  /** Empty for {@code *}. Methods are case-sensitive (RFC 9110 §9.1). */
  private Set<String> methods() {
    Setting setting = params.setting("proxy.guard.methods");
    List<String> listed = Params.list(setting);
    if (listed.equals(List.of("*"))) {
      return Set.of();
    }
    for (String method : listed) {
      if (method.equals("CONNECT") || method.equals("TRACE")) {
        params.refuse(setting, method, "is never forwarded: leave it out");
      } else if (method.equals("*") || !Token.is(method)) {
        params.refuse(setting, method, Kind.METHODS.wanted());
      }
    }
    return new LinkedHashSet<>(listed);
  }

  private AccessLog accessLog() {
    String name = "proxy.accessLog";
    String value = params.setting(name).value();
    if (value.equalsIgnoreCase("off") || value.equalsIgnoreCase("log")) {
      return new AccessLog(value.equalsIgnoreCase("log"), Optional.empty());
    }
    if (value.indexOf('/') < 0 && value.indexOf('\\') < 0) {
      params.refuse(name, "write off, log, or a path with its directory"); // such as true, or json
      return new AccessLog(false, Optional.empty());
    }
    try {
      Path file = Path.of(value).toAbsolutePath();
      Path directory = file.getParent();
      if (Files.isDirectory(file)) {
        params.refuse(name, "is a directory: name a file in it");
      } else if (directory == null || !Files.isDirectory(directory)) {
        params.refuse(name, "there is no such directory");
      } else if (!Files.isWritable(Files.exists(file) ? file : directory)) {
        params.refuse(name, "may not be written by the user that runs the server");
      }
      return new AccessLog(true, Optional.of(file));
    } catch (InvalidPathException e) {
      params.refuse(name, Kind.LOG.wanted());
      return new AccessLog(false, Optional.empty());
    }
  }

  private Optional<String> headerOrOff(String name) {
    return params.text(name, Syntax::isOwnField).filter(header -> !header.equalsIgnoreCase("off"));
  }
}
