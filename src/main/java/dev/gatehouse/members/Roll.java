package dev.gatehouse.members;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.Backend;
import dev.gatehouse.health.HealthChecker;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The entries of one pool. Moved under the lock of {@link Membership}. */
final class Roll {
  /** What a change made of the pool. */
  record Change(List<Upstream> came, List<Upstream> left) {}

  private final UpstreamPool pool;
  private final HealthChecker health;
  private List<Backend> configured;
  private List<Entry> entries;

  /** The pool has the members that follow from the configuration already. */
  Roll(UpstreamPool pool, HealthChecker health, PoolConfig config) {
    this.pool = pool;
    this.health = health;
    this.configured = config.backends();
    this.entries = configured.stream().map(Entry::of).toList();
  }

  UpstreamPool pool() {
    return pool;
  }

  List<Entry> entries() {
    return entries;
  }

  /** The hosts that DNS is to be asked about. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    for (Entry each : entries) {
      if (each.isByName()) {
        names.add(each.host());
      }
    }
    return names;
  }

  /** Whether the pool is configured otherwise than before; if so, it is what counts from now on. */
  boolean isConfiguredAnew(List<Backend> backends) {
    boolean anew = !backends.equals(configured);
    configured = backends;
    return anew;
  }

  /** Lets the pool have what follows from these. */
  Change take(List<Entry> next) {
    entries = List.copyOf(next);
    List<Candidate> before = pool.candidates();
    pool.replace(next.stream().flatMap(each -> each.members().stream()).toList());
    List<Candidate> after = pool.candidates();
    List<Candidate> left = without(before, after);
    List<Candidate> came = without(after, before);
    left.forEach(each -> health.unwatch(each.upstream())); // before the others, who may follow them
    came.forEach(each -> health.watch(pool, each.upstream(), each.former()));
    return new Change(upstreams(came), upstreams(left));
  }

  /** The same entries, but for those of this name. */
  List<Entry> with(String host, UnaryOperator<Entry> change) {
    return entries.stream()
        .map(each -> each.isByName() && each.host().equals(host) ? change.apply(each) : each)
        .toList();
  }

  /** Without this member: its address is left out, or the whole entry if it has no other. */
  List<Entry> without(Upstream member) {
    List<Entry> left = new ArrayList<>();
    for (Entry each : entries) {
      InetAddress address = member.whereabouts().address();
      if (!each.configured().isSamePlace(member)) {
        left.add(each);
      } else if (address != null && each.members().size() > 1) {
        left.add(each.without(address));
      }
    }
    return left;
  }

  private static List<Candidate> without(List<Candidate> some, List<Candidate> others) {
    return some.stream().filter(each -> !others.contains(each)).toList();
  }

  private static List<Upstream> upstreams(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::upstream).toList();
  }
}
