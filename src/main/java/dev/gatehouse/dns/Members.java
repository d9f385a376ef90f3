package dev.gatehouse.dns;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.balance.Whereabouts;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HealthChecker;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members that one configured name has in its pool. Moved by one thread at a time. */
final class Members {
  private final UpstreamPool pool;
  private final Upstream configured;
  private final HealthChecker health;
  private final EventLog events;
  private Map<String, Upstream> current = new LinkedHashMap<>(); // by id

  /** The pool has one member for it, which goes as soon as an address is known. */
  Members(UpstreamPool pool, Upstream configured, HealthChecker health, EventLog events) {
    this.pool = pool;
    this.configured = configured;
    this.health = health;
    this.events = events;
    current.put(configured.id(), configured);
    pool.setWell(configured, false); // nobody needs to try
  }

  String host() {
    return configured.host();
  }

  void tell(String what, String cause) {
    events.add(pool.id(), configured.id(), what, cause);
  }

  /** Whether an operator or a new configuration has taken them all out of the pool. */
  private boolean isGone() {
    for (Candidate each : pool.candidates()) {
      if (current.containsValue(each.upstream())) {
        return false;
      }
    }
    return true;
  }

  /** From now on it means these; none: it has one member that can't be reached. */
  void become(List<InetAddress> addresses) {
    if (isGone()) {
      return;
    }
    Map<String, Upstream> next = new LinkedHashMap<>();
    List<Upstream> added = new ArrayList<>();
    for (InetAddress address : addresses) {
      String literal = address.getHostAddress();
      String id = addresses.size() == 1 ? configured.id() : configured.id() + "@" + literal;
      put(next, added, id, Whereabouts.at(address));
    }
    if (addresses.isEmpty()) {
      put(next, added, configured.id(), Whereabouts.UNKNOWN);
    }
    Map<String, Upstream> before = current;
    current = next;
    for (Upstream each : added) { // first, so that there is no moment without any
      join(each);
    }
    for (Upstream each : before.values()) {
      if (!next.containsValue(each)) {
        leave(each);
      }
    }
  }

  private void put(Map<String, Upstream> next, List<Upstream> added, String id, Whereabouts where) {
    Upstream known = current.get(id);
    if (known != null && known.whereabouts().equals(where)) {
      next.put(id, known);
    } else {
      Upstream one = configured.at(id, where);
      next.put(id, one);
      added.add(one);
    }
  }

  private void join(Upstream upstream) {
    InetAddress address = upstream.whereabouts().address();
    pool.add(upstream);
    if (address == null) {
      pool.setWell(upstream, false);
    }
    health.watch(pool, upstream);
    events.add(
        pool.id(),
        upstream.id(),
        "added",
        address == null
            ? host() + " means no address"
            : host() + " means " + address.getHostAddress());
  }

  private void leave(Upstream upstream) {
    for (Candidate each : pool.candidates()) {
      if (each.upstream() == upstream) { // equal only to itself
        pool.remove(each);
        health.unwatch(upstream);
        InetAddress address = upstream.whereabouts().address();
        if (address != null) {
          String gone = host() + " does not mean " + address.getHostAddress() + " any more";
          events.add(pool.id(), upstream.id(), "removed", gone);
        }
      }
    }
  }
}
