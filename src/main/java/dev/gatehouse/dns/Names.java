package dev.gatehouse.dns;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.balance.Whereabouts;
import dev.gatehouse.config.DnsConfig;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.HealthChecker;
import dev.gatehouse.http.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps the members of pools what the names of their backends mean. Thread-safe. */
public final class Names {
  private final Lookup lookup;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Runnable> answers = new LinkedBlockingQueue<>();
  private final List<Named> names = new ArrayList<>(); // guarded by this

  /**
   * Asks nothing yet.
   *
   * @param pools whose {@link #prepared} backends are looked after
   * @param nanoTime a monotonic clock
   */
  public Names(
      List<UpstreamPool> pools,
      HealthChecker health,
      EventLog events,
      Lookup lookup,
      DnsConfig config,
      LongSupplier nanoTime) {
    this.lookup = lookup;
    this.nanoTime = nanoTime;
    for (UpstreamPool pool : pools) {
      for (Candidate each : pool.candidates()) {
        if (isPrepared(each.upstream())) {
          Members members = new Members(pool, each.upstream(), health, events);
          names.add(new Named(members, config, nanoTime.getAsLong()));
        }
      }
    }
  }

  /** The backend itself, or, if DNS must say where it is, one that is nowhere yet. */
  public static Upstream prepared(Upstream configured) {
    return isName(configured.host())
        ? configured.at(configured.id(), Whereabouts.UNKNOWN)
        : configured;
  }

  /** Whether it waits for an address. */
  public static boolean isPrepared(Upstream upstream) {
    return upstream.whereabouts().equals(Whereabouts.UNKNOWN);
  }

  /** Not {@code localhost} (RFC 6761 §6.3), nor what some take for an address, such as 127.1. */
  static boolean isName(String host) {
    char last = host.charAt(host.length() - 1);
    return IpAddress.parse(host) == null
        && !(last >= '0' && last <= '9')
        && !host.equals("localhost")
        && !host.endsWith(".localhost");
  }

  /** Asks what all names mean, and waits for the answers, but not longer than this. */
  public synchronized void start(Duration patience) {
    long deadline = nanoTime.getAsLong() + patience.toNanos();
    tick();
    while (isAnyAsked()) {
      Runnable answer = next(deadline - nanoTime.getAsLong());
      if (answer == null) {
        return;
      }
      answer.run();
    }
  }

  /** Takes the answers that have come, and asks again where one has become old. */
  public synchronized void tick() {
    for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
      answer.run();
    }
    long now = nanoTime.getAsLong();
    for (Named name : names) {
      if (name.isDue(now)) {
        ask(name);
      }
    }
  }

  private void ask(Named name) {
    name.ask();
    lookup.ask(name.host(), answer -> answers.add(() -> name.settle(answer, nanoTime.getAsLong())));
  }

  private boolean isAnyAsked() {
    for (Named name : names) {
      if (name.isAsked()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Runnable next(long withinNanos) {
    try {
      return answers.poll(withinNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
