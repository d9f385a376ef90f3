package dev.gatehouse.config;

import dev.gatehouse.config.DnsConfig.Server;
import dev.gatehouse.http.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how names of backends are resolved. */
final class DnsReader {
  private static final String SERVERS = "proxy.dns.servers";
  private static final Duration SHORTEST_TTL = Duration.ofMillis(100);
  private static final int USUAL_PORT = 53; // RFC 1035 §4.2
  private static final int LAST_PORT = 65_535;

  private final Params params;

  DnsReader(Params params) {
    this.params = params;
  }

  DnsConfig read() {
    Duration minTtl = params.duration("proxy.dns.minTtl", SHORTEST_TTL);
    Duration maxTtl = params.duration("proxy.dns.maxTtl", SHORTEST_TTL);
    if (maxTtl.compareTo(minTtl) < 0 && params.sound("proxy.dns.maxTtl")) {
      params.refuse("proxy.dns.maxTtl", "must not be less than proxy.dns.minTtl");
    }
    return new DnsConfig(
        servers(),
        minTtl,
        maxTtl,
        params.duration("proxy.dns.staleFor", Duration.ZERO),
        params.ranges("proxy.dns.allow"));
  }

  private List<Server> servers() {
    Setting setting = params.setting(SERVERS);
    List<Server> servers = new ArrayList<>();
    for (String entry : Params.list(setting)) {
      Optional<Server> server = server(entry);
      server.ifPresentOrElse(
          servers::add, () -> params.refuse(setting, entry, Kind.SERVERS.wanted()));
    }
    return servers;
  }

  /** {@code 10.0.0.2}, {@code 10.0.0.2:53}, {@code ::1} or {@code [::1]:53}. */
  private static Optional<Server> server(String text) {
    if (IpAddress.parse(text) != null) {
      return Optional.of(new Server(withoutBrackets(text), USUAL_PORT));
    }
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    boolean bare = host.indexOf(':') >= 0 && !host.endsWith("]");
    if (bare || IpAddress.parse(host) == null) {
      return Optional.empty();
    }
    return Values.number(text.substring(colon + 1))
        .filter(port -> port >= 1 && port <= LAST_PORT)
        .map(port -> new Server(withoutBrackets(host), port));
  }

  private static String withoutBrackets(String literal) {
    return literal.startsWith("[") ? literal.substring(1, literal.length() - 1) : literal;
  }
}
