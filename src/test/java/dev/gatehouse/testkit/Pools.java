package dev.gatehouse.testkit;

import dev.gatehouse.balance.Bounds;
import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Judge;
import dev.gatehouse.balance.LoadBalancer;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.Backend;
import dev.gatehouse.config.PoolConfig.RetryOn;
import dev.gatehouse.events.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of pools in which only what matters to a test is other than usual. */
public final class Pools {
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY");

  /** As much at once as anybody wants, so that nobody waits. */
  public static final Bounds NO_BOUNDS =
      new Bounds(Integer.MAX_VALUE, false, 0, Duration.ZERO, Runnable::run, () -> 0);

  private Pools() {}

  /** One in which nothing is held against a backend but what its checks say. */
  public static UpstreamPool pool(String id, List<Upstream> upstreams, LoadBalancer balancer) {
    return pool(id, upstreams, balancer, NO_BOUNDS);
  }

  /** The same with bounds. */
  public static UpstreamPool pool(
      String id, List<Upstream> upstreams, LoadBalancer balancer, Bounds bounds) {
    var events = new EventLog(() -> Instant.EPOCH);
    Judge lenient = Judge.of(of(id, List.of()), () -> 0, events);
    return new UpstreamPool(id, upstreams, balancer, bounds, lenient);
  }

  /** Checks that take statuses from 200 to 399. */
  public static PoolConfig.Health health(
      String path, Duration interval, Duration timeout, int maxFailures, int minSuccesses) {
    return new PoolConfig.Health(
        path,
        interval,
        interval,
        timeout,
        maxFailures,
        minSuccesses,
        List.of(new PoolConfig.StatusRange(200, 399)),
        Optional.empty(),
        List.of());
  }

  /** Without waiting, and with no budget to be spent. */
  public static PoolConfig.Retry retry(int maxRetries, RetryOn... on) {
    return new PoolConfig.Retry(
        maxRetries,
        Set.of(on),
        IDEMPOTENT,
        65_536,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        100);
  }

  /** One more, at the end of the order. */
  public static Candidate add(UpstreamPool pool, Upstream upstream) {
    List<Upstream> all = new ArrayList<>(upstreams(pool));
    all.add(upstream);
    pool.replace(all);
    return pool.candidate(upstream.id()).orElseThrow();
  }

  /** One less. */
  public static void remove(UpstreamPool pool, Candidate candidate) {
    List<Upstream> all = new ArrayList<>(upstreams(pool));
    all.remove(candidate.upstream());
    pool.replace(all);
  }

  private static List<Upstream> upstreams(UpstreamPool pool) {
    return pool.candidates().stream().map(Candidate::upstream).toList();
  }

  /** A pool of these, and nothing else happens. */
  public static PoolConfig of(String id, List<Backend> backends) {
    PoolConfig usual = ejecting(id, 0, Duration.ofSeconds(1));
    return new PoolConfig(
        id,
        backends,
        usual.balance(),
        usual.health(),
        usual.passive(),
        usual.breaker(),
        usual.retry(),
        usual.limits());
  }

  /** A pool in which failures in a row eject half of it at most, and nothing else happens. */
  public static PoolConfig ejecting(String id, int maxFails, Duration failTimeout) {
    return new PoolConfig(
        id,
        List.of(),
        new PoolConfig.Balance(
            PoolConfig.Policy.ROUND_ROBIN,
            new PoolConfig.HashKey(PoolConfig.HashSource.CLIENT_IP, ""),
            new PoolConfig.Sticky(PoolConfig.StickyMode.OFF, "", Optional.empty()),
            Duration.ZERO,
            0),
        health("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 1),
        new PoolConfig.Passive(maxFails, failTimeout, 50, false),
        new PoolConfig.Breaker(0, failTimeout),
        retry(0),
        new PoolConfig.Limits(0, false, 0, Duration.ofSeconds(1)));
  }
}
