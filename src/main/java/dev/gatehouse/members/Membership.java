package dev.gatehouse.members;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Mode;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.Backend;
import dev.gatehouse.dns.Names;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HealthChecker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door by which backends come into pools, change and leave while the proxy runs.
 *
 * <p>Thread-safe: one change at a time. No request waits for it.
 */
public final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final int MOST_EVENTS = 8; // the list has room for 50

  private final Names names;
  private final EventLog events;
  private final Map<String, Roll> rolls = new HashMap<>(); // by pool; guarded by this, as is names
  private final Names.Listener dns = new Dns();

  /**
   * Asks DNS nothing yet.
   *
   * @param configured pool by pool in the order of {@code pools}
   * @param pools with the members of {@link #atStart}
   * @param names used by nobody else
   */
  public Membership(
      List<PoolConfig> configured,
      List<UpstreamPool> pools,
      HealthChecker health,
      EventLog events,
      Names names) {
    this.names = names;
    this.events = events;
    for (int i = 0; i < pools.size(); i++) {
      Roll roll = new Roll(pools.get(i), health, configured.get(i));
      rolls.put(roll.pool().id(), roll);
      roll.names().forEach(names::watch);
    }
  }

  /** The members of a pool before DNS has said anything. */
  public static List<Upstream> atStart(PoolConfig pool) {
    return pool.backends().stream().flatMap(each -> Entry.of(each).members().stream()).toList();
  }

  /** Asks what all names mean, and waits for the answers, but not longer than this. */
  public synchronized void start(Duration patience) {
    names.start(patience, dns);
  }

  /** Takes the answers of DNS that have come, and asks again where one has become old. */
  public synchronized void tick() {
    names.tick(dns);
  }

  /**
   * Does what an operator wants of a member.
   *
   * @return whether it was one still
   */
  public synchronized boolean setMode(UpstreamPool pool, Candidate member, Mode mode) {
    if (!pool.candidates().contains(member)) {
      return false;
    }
    pool.setMode(member, mode);
    return true;
  }

  /**
   * Changes a member's share.
   *
   * @param weight at least 1
   * @return whether it was one still
   */
  public synchronized boolean setWeight(UpstreamPool pool, Candidate member, int weight) {
    if (!pool.candidates().contains(member)) {
      return false;
    }
    pool.setWeight(member, weight);
    return true;
  }

  /** Adds a backend behind the others. A name has an address as soon as DNS says so. */
  public synchronized Candidate add(UpstreamPool pool, Backend backend) throws ConflictException {
    Roll roll = roll(pool);
    Entry entry = Entry.of(backend);
    for (Entry present : roll.entries()) {
      if (present.id().equals(entry.id())) {
        throw new ConflictException("Another backend of the pool has this id.");
      }
      if (present.isSamePlace(entry)) {
        throw new ConflictException("This URL is in the pool already.");
      }
    }
    List<Entry> next = new ArrayList<>(roll.entries());
    next.add(known(entry));
    take(roll, next);
    List<Candidate> members = pool.candidates();
    return members.get(members.size() - 1);
  }

  /**
   * Takes a member out; requests under way are not touched.
   *
   * @return whether it was one still
   */
  public synchronized boolean remove(UpstreamPool pool, Candidate member) throws ConflictException {
    if (!pool.candidates().contains(member)) {
      return false;
    }
    if (pool.candidates().size() == 1) {
      throw new ConflictException(
          "The last backend of a pool stays: add another one first, or disable it.");
    }
    Roll roll = roll(pool);
    take(roll, roll.without(member.upstream()));
    return true;
  }

  /**
   * Lets pools have the backends that are configured now.
   *
   * @return the ids of those that do; there is no way to begin or to end a pool
   */
  public synchronized Set<String> configure(List<PoolConfig> anew) {
    Set<String> taken = new HashSet<>();
    Map<Roll, List<Entry>> next = new LinkedHashMap<>(); // all of them, before a name is let go
    for (PoolConfig wanted : anew) {
      Roll roll = rolls.get(wanted.id());
      if (roll != null) {
        taken.add(wanted.id());
        if (roll.isConfiguredAnew(wanted.backends())) {
          next.put(roll, wanted.backends().stream().map(Entry::of).map(this::known).toList());
        }
      }
    }
    next.forEach(Roll::take);
    watchNames();
    return taken;
  }

  private Roll roll(UpstreamPool pool) {
    Roll roll = rolls.get(pool.id());
    if (roll == null) {
      throw new IllegalArgumentException("not one of ours: " + pool.id());
    }
    return roll;
  }

  /** With what is known of its name, if that is a member's of any pool already. */
  private Entry known(Entry entry) {
    return entry.isByName() ? entry.meaning(names.meaning(entry.host())) : entry;
  }

  private void take(Roll roll, List<Entry> next) {
    var unused = roll.take(next);
    watchNames();
  }

  private void watchNames() {
    Set<String> all = new HashSet<>();
    rolls.values().forEach(each -> all.addAll(each.names()));
    names.watchOnly(all);
  }

  /** What DNS says goes to every entry of the name. */
  private final class Dns implements Names.Listener {
    @Override
    public void means(String host, List<InetAddress> addresses) {
      for (Roll roll : rolls.values()) {
        if (roll.names().contains(host)) {
          Roll.Change change = roll.take(roll.with(host, entry -> entry.meaning(addresses)));
          note(roll, host, change);
        }
      }
    }

    private void note(Roll roll, String host, Roll.Change change) {
      int came = change.came().size();
      int left = change.left().size();
      if (came + left > MOST_EVENTS) {
        String cause = host + ": " + came + " addresses more, " + left + " less";
        add(roll, "", "members changed", cause);
        return;
      }
      for (Upstream each : change.came()) {
        InetAddress address = each.whereabouts().address();
        add(
            roll,
            each.id(),
            "added",
            host + (address == null ? " is nowhere" : " means " + address.getHostAddress()));
      }
      for (Upstream each : change.left()) {
        InetAddress address = each.whereabouts().address();
        if (address != null) {
          String cause = host + " no longer means " + address.getHostAddress();
          add(roll, each.id(), "removed", cause);
        }
      }
    }

    private void add(Roll roll, String id, String what, String cause) {
      LOG.info("Pool {}, backend {}: {}, {}", roll.pool().id(), id, what, cause);
      events.add(roll.pool().id(), id, what, cause);
    }

    @Override
    public void tell(String host, String what, String cause) {
      for (Roll roll : rolls.values()) {
        for (Entry each : roll.entries()) {
          if (each.isByName() && each.host().equals(host)) {
            add(roll, each.id(), what, host + cause);
          }
        }
      }
    }
  }
}
