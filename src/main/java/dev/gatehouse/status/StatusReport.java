package dev.gatehouse.status;

import dev.gatehouse.events.Event;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of the whole proxy at one moment, as a value; the JSON's shape is this record's.
 *
 * @param warnings what an operator should mend, in plain words; empty: nothing
 * @param cache absent: it is off
 * @param uptimeSeconds since the application was started in its container
 */
public record StatusReport(
    String product,
    String version,
    String container,
    String jvm,
    Instant now,
    Instant started,
    long uptimeSeconds,
    boolean debug,
    List<String> warnings,
    Totals totals,
    Optional<Cache> cache,
    List<Pool> pools,
    List<Event> events) {

  public StatusReport {
    warnings = List.copyOf(warnings);
    pools = List.copyOf(pools);
    events = List.copyOf(events);
  }

  /** Requests since the start; own pages and refusals are among them. */
  public record Totals(
      long requests,
      long inFlight,
      long status1xx,
      long status2xx,
      long status3xx,
      long status4xx,
      long status5xx) {}

  /**
   * What the cache holds, and what it has done since the start.
   *
   * @param entries responses and indices, in the tier that has most
   * @param bytes in all tiers
   * @param hitRatio share of the answers for which no backend was asked; absent: no answer yet
   * @param byteHitRatio share of their bytes that no backend had to send; absent: no byte yet
   * @param hits answered from store, fresh
   * @param stale answered from store, stale
   * @param revalidated answered from store, as the backend had nothing newer
   * @param misses answered by the backend
   * @param collapsed answered with what another request has brought
   * @param refreshed asked for anew while no client waited
   * @param invalidated URLs forgotten after an unsafe request
   * @param purged responses that operators had forgotten or made stale
   * @param bypasses requests that went to the backend whatever is stored, by reason
   * @param refusals responses that were not stored, by reason
   */
  public record Cache(
      long entries,
      long bytes,
      List<Tier> tiers,
      Optional<Double> hitRatio,
      Optional<Double> byteHitRatio,
      long bytesDelivered,
      long bytesFromStore,
      long hits,
      long stale,
      long revalidated,
      long misses,
      long collapsed,
      long refreshed,
      long stored,
      long invalidated,
      long purged,
      long evictions,
      long faults,
      Map<String, Long> bypasses,
      Map<String, Long> refusals) {
    public Cache {
      tiers = List.copyOf(tiers);
      bypasses = Collections.unmodifiableMap(new LinkedHashMap<>(bypasses));
      refusals = Collections.unmodifiableMap(new LinkedHashMap<>(refusals));
    }
  }

  /**
   * One of the places where responses are kept.
   *
   * @param state {@code on}, or {@code off} while it is left out
   * @param maxBytes that it may hold
   * @param evictions what had to go for something else
   * @param faults what could not be stored or read
   */
  public record Tier(
      String name,
      String state,
      long entries,
      long bytes,
      long maxBytes,
      long evictions,
      long faults) {}

  /**
   * A pool and its backends.
   *
   * @param available how many backends take traffic
   * @param panic whether all get traffic, since too few are well
   * @param maxFailures failed checks in a row that make a backend unreachable
   * @param retries requests that were sent again, since the start
   * @param retriesLeft how many more the budget allows now
   * @param waiting requests that wait for a backend
   * @param maxWaiting how many may
   */
  public record Pool(
      String id,
      String policy,
      int available,
      boolean panic,
      int maxFailures,
      long retries,
      long retriesLeft,
      int waiting,
      int maxWaiting,
      List<Backend> backends) {
    public Pool {
      backends = List.copyOf(backends);
    }
  }

  /**
   * A backend, by its checks and by its traffic.
   *
   * @param url without user and password
   * @param status NOT_INITIATED, HEALTHY or UNREACHABLE: what its checks say
   * @param standing what decides whether it gets requests, such as AVAILABLE or DRAINING
   * @param standingDetail more of that in plain words; empty: the word says it all
   * @param failures failed checks in a row
   * @param since when the status last changed; absent before the first check
   * @param lastCheckResult in plain words
   * @param weight its share of the traffic now, as configured or changed since
   * @param weightPercent how much of it counts: less than 100 while it warms up
   * @param configuredWeight what the configuration says, or who added it
   * @param limit requests that it may have at a time; absent: no bound
   * @param chosen how often it was given a request
   * @param requests answered by it
   * @param failedRequests given to it and not answered: the sum of the next three
   * @param cancelled given to it and given up, which tells nothing of it
   */
  public record Backend(
      String id,
      String url,
      String status,
      String standing,
      String standingDetail,
      boolean backup,
      int failures,
      Optional<Instant> lastHealthy,
      Optional<Instant> since,
      Optional<Instant> lastCheck,
      Optional<String> lastCheckResult,
      Optional<Double> lastCheckMillis,
      int weight,
      int weightPercent,
      int configuredWeight,
      int inFlight,
      Optional<Integer> limit,
      long chosen,
      long requests,
      long failedRequests,
      long connectFailures,
      long resets,
      long timeouts,
      long cancelled) {}
}
