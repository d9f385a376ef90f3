package dev.gatehouse.config;

import java.time.Duration;
import java.util.List;

/**
 * How backends that are given by name are found.
 *
 * @param servers asked instead of the system's; empty: the system's
 * @param minTtl an answer counts at least for so long
 * @param maxTtl and at most for so long
 * @param staleFor how long the addresses of a name stay that DNS says does not exist any more
 * @param allow where addresses must be; empty: anywhere
 */
public record DnsConfig(
    List<Server> servers, Duration minTtl, Duration maxTtl, Duration staleFor, List<Cidr> allow) {
  public DnsConfig {
    servers = List.copyOf(servers);
    allow = List.copyOf(allow);
  }

  /**
   * A DNS server.
   *
   * @param address a literal one
   */
  public record Server(String address, int port) {}
}
