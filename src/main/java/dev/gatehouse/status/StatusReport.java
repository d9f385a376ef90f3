package dev.gatehouse.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of the whole proxy at one moment, as a value; the JSON's shape is this record's.
 *
 * @param warnings what an operator should mend, in plain words; empty: nothing
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
    List<Pool> pools) {

  public StatusReport {
    warnings = List.copyOf(warnings);
    pools = List.copyOf(pools);
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
   * A pool and its backends.
   *
   * @param available how many backends take traffic
   * @param maxFailures failed checks in a row that make a backend unreachable
   */
  public record Pool(
      String id, String policy, int available, int maxFailures, List<Backend> backends) {
    public Pool {
      backends = List.copyOf(backends);
    }
  }

  /**
   * A backend, by its checks and by its traffic.
   *
   * @param url without user and password
   * @param status NOT_INITIATED, HEALTHY or UNREACHABLE
   * @param failures failed checks in a row
   * @param since when the status last changed; absent before the first check
   * @param lastCheckResult in plain words
   * @param requests answered by it
   * @param failedRequests given to it and not answered
   */
  public record Backend(
      String id,
      String url,
      String status,
      int failures,
      Optional<Instant> lastHealthy,
      Optional<Instant> since,
      Optional<Instant> lastCheck,
      Optional<String> lastCheckResult,
      Optional<Double> lastCheckMillis,
      int weight,
      int inFlight,
      long requests,
      long failedRequests) {}
}
