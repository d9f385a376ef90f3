package dev.gatehouse.status;

import dev.gatehouse.balance.Candidate;
import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.RetryBudget;
import dev.gatehouse.balance.Standing;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.cache.HttpCache;
import dev.gatehouse.events.EventLog;
import dev.gatehouse.health.Health;
import dev.gatehouse.health.HealthChecker;
import dev.gatehouse.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Takes the picture: pools, health and counters as they are at this moment. Thread-safe. */
public final class StatusSource {
  private final About about;
  private final List<Pool> pools;
  private final HealthChecker health;
  private final Metrics metrics;
  private final EventLog events;
  private final Optional<HttpCache> cache;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final Instant started;

  /**
   * The clock is read for the start, too.
   *
   * @param nanoTime the monotonic clock that the pools go by
   */
  public StatusSource(
      About about,
      List<Pool> pools,
      HealthChecker health,
      Metrics metrics,
      EventLog events,
      Optional<HttpCache> cache,
      LongSupplier nanoTime,
      InstantSource clock) {
    this.about = about;
    this.pools = List.copyOf(pools);
    this.health = health;
    this.metrics = metrics;
    this.events = events;
    this.cache = cache;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.started = clock.instant();
  }

  /**
   * What does not change while the application runs.
   *
   * @param warnings what an operator should mend
   */
  public record About(
      String product,
      String version,
      String container,
      String jvm,
      boolean debug,
      List<String> warnings) {
    public About {
      warnings = List.copyOf(warnings);
    }
  }

  /** A pool with what its configuration says. */
  public record Pool(UpstreamPool upstreams, String policy, int maxFailures, RetryBudget retries) {}

  /** The state now. */
  public StatusReport report() {
    Instant now = clock.instant();
    return new StatusReport(
        about.product(),
        about.version(),
        about.container(),
        about.jvm(),
        now,
        started,
        Math.max(0, Duration.between(started, now).toSeconds()),
        about.debug(),
        about.warnings(),
        totals(),
        cache.map(CacheFigures::of),
        pools.stream().map(this::pool).toList(),
        events.last());
  }

  private StatusReport.Totals totals() {
    return new StatusReport.Totals(
        metrics.requests(),
        metrics.inFlight(),
        metrics.answered(1),
        metrics.answered(2),
        metrics.answered(3),
        metrics.answered(4),
        metrics.answered(5));
  }

  private StatusReport.Pool pool(Pool pool) {
    List<StatusReport.Backend> backends =
        pool.upstreams().candidates().stream().map(this::backend).toList();
    int available = 0;
    for (Candidate candidate : pool.upstreams().candidates()) {
      available += pool.upstreams().isAvailable(candidate.upstream()) ? 1 : 0;
    }
    return new StatusReport.Pool(
        pool.upstreams().id(),
        pool.policy(),
        available,
        pool.upstreams().panics(),
        pool.maxFailures(),
        pool.retries().retries(),
        pool.retries().left(),
        pool.upstreams().waiting(),
        pool.upstreams().maxWaiting(),
        backends);
  }

  /** One backend now, also one that has just left its pool. */
  public StatusReport.Backend backend(Candidate candidate) {
    Health state = health.healthOf(candidate.upstream());
    Standing standing = candidate.state(nanoTime.getAsLong());
    return new StatusReport.Backend(
        candidate.upstream().id(),
        candidate.upstream().origin() + candidate.upstream().basePath(),
        state.state().name(),
        standing.kind().name(),
        standing.detail(),
        candidate.isBackup(),
        state.consecutiveFailures(),
        state.lastHealthy(),
        state.lastCheck().map(checked -> state.since()),
        state.lastCheck(),
        state.lastCheck().map(checked -> state.lastResult()),
        state.lastCheck().map(checked -> state.lastDuration().toNanos() / 1e6),
        candidate.weight(),
        candidate.weightPercent(),
        candidate.configuredWeight(),
        candidate.inFlight(),
        Optional.of(candidate.limit()).filter(limit -> limit < Integer.MAX_VALUE),
        candidate.lent(),
        candidate.served(),
        candidate.failed(),
        candidate.count(Ending.Kind.CONNECT_FAILED),
        candidate.count(Ending.Kind.RESET),
        candidate.count(Ending.Kind.TIMED_OUT),
        candidate.count(Ending.Kind.CANCELLED));
  }
}
