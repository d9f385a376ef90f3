package dev.gatehouse.members;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.Whereabouts;
import dev.gatehouse.config.PoolConfig.Backend;
import dev.gatehouse.http.IpAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One backend that somebody has named, and the members that it stands for. Immutable.
 *
 * @param configured as it was named, where its URL says
 * @param addresses what DNS says of it; none for a backend that DNS is not asked about
 * @param removed those that an operator has taken out, the last one at the end; they stay out when
 *     DNS leaves them out for a while, too
 */
record Entry(Upstream configured, List<InetAddress> addresses, List<InetAddress> removed) {
  private static final int MOST = 64; // removed ones

  Entry {
    addresses = List.copyOf(addresses);
    removed = List.copyOf(removed);
  }

  static Entry of(Backend backend) {
    return new Entry(Upstream.of(backend), List.of(), List.of());
  }

  String id() {
    return configured.id();
  }

  String host() {
    return configured.host();
  }

  /** Not {@code localhost} (RFC 6761 §6.3); a URL can't have what only looks like an address. */
  boolean isByName() {
    String host = host();
    return IpAddress.parse(host) == null
        && !host.equals("localhost")
        && !host.endsWith(".localhost");
  }

  /** Whether both would be members for the same URL, however it is written. */
  boolean isSamePlace(Entry other) {
    return configured.isSamePlace(other.configured);
  }

  /** DNS says that the name means these now. */
  Entry meaning(List<InetAddress> anew) {
    return new Entry(configured, anew, removed);
  }

  Entry without(InetAddress address) {
    List<InetAddress> more = new ArrayList<>(removed);
    more.add(address);
    return new Entry(
        configured, addresses, more.subList(Math.max(0, more.size() - MOST), more.size()));
  }

  /** At least one: a name that means nothing has a member that is nowhere. */
  List<Upstream> members() {
    if (!isByName()) {
      return List.of(configured);
    }
    List<Upstream> members = new ArrayList<>();
    for (InetAddress each : addresses) {
      if (!removed.contains(each)) {
        String id = addresses.size() == 1 ? id() : id() + "@" + each.getHostAddress();
        members.add(configured.at(id, Whereabouts.at(each)));
      }
    }
    return members.isEmpty()
        ? List.of(configured.at(id(), Whereabouts.UNKNOWN))
        : List.copyOf(members);
  }
}
