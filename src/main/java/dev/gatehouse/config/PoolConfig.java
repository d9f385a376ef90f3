package dev.gatehouse.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Backends that can stand in for each other, and how they do. */
public record PoolConfig(
    String id,
    List<Backend> backends,
    Balance balance,
    Health health,
    Passive passive,
    Breaker breaker,
    Retry retry,
    Limits limits) {

  public PoolConfig {
    backends = List.copyOf(backends);
  }

  /**
   * One configured backend.
   *
   * @param id unique in the pool; the authority of the URL unless given
   * @param url scheme (http or https), host, port and an optional base path; no query
   * @param weight share of the traffic relative to the others, 1 to 256
   * @param backup whether it serves only while no other backend does
   */
  public record Backend(String id, URI url, int weight, boolean backup) {}

  /** How the backend of a request is found. */
  public enum Policy {
    /** In turn, by weight. */
    ROUND_ROBIN("roundRobin"),
    /** The same, by the name it has elsewhere. */
    WEIGHTED("weighted"),
    /** Fewest requests in flight. */
    LEAST_REQUESTS("leastRequests"),
    /** The faster of two at random. */
    P2C("p2c"),
    /** The fastest. */
    LEAST_TIME("leastTime"),
    /** By something of the request, consistently. */
    HASH("hash"),
    /** At random, by weight. */
    RANDOM("random"),
    /** The first in configured order. */
    FIRST("first");

    private final String word;

    Policy(String word) {
      this.word = word;
    }

    /** As the operator writes it. */
    public String word() {
      return word;
    }
  }

  /** What of a request is hashed. */
  public enum HashSource {
    CLIENT_IP,
    HEADER,
    COOKIE,
    URI
  }

  /**
   * What {@link Policy#HASH} looks at.
   *
   * @param name of the field or cookie; empty for the other sources
   */
  public record HashKey(HashSource source, String name) {}

  /** By what a client's later requests find its backend again. */
  public enum StickyMode {
    OFF,
    /** A signed cookie of our own. */
    COOKIE,
    /** The suffix of the application server's session id. */
    JVM_ROUTE
  }

  /**
   * How clients stay with their backend.
   *
   * @param cookie the name of our cookie, or of the session cookie that ends in a route
   * @param secret signs our cookie; empty: made at start, and forgotten at the end
   */
  public record Sticky(StickyMode mode, String cookie, Optional<Secret> secret) {}

  /**
   * Who gets a request.
   *
   * @param slowStart how long the share of a backend that came back grows; zero: at once
   * @param panicThreshold percent; with fewer backends well, all get traffic; zero: never
   */
  public record Balance(
      Policy policy, HashKey hashKey, Sticky sticky, Duration slowStart, int panicThreshold) {}

  /** Statuses from the first to the last. */
  public record StatusRange(int first, int last) {
    /** Whether it is one of them. */
    public boolean contains(int status) {
      return status >= first && status <= last;
    }
  }

  /** A field of a request that we make. */
  public record Field(String name, String value) {}

  /**
   * Active checks: GET {@code path} each {@code interval}; later than {@code timeout} fails.
   *
   * @param downInterval instead of the interval while the backend is unreachable
   * @param maxFailures failed checks in a row that make a backend unreachable
   * @param minSuccesses good checks in a row that bring it back
   * @param status good ones
   * @param body a regular expression that a good body contains; empty: any
   * @param headers sent with each check
   */
  public record Health(
      String path,
      Duration interval,
      Duration downInterval,
      Duration timeout,
      int maxFailures,
      int minSuccesses,
      List<StatusRange> status,
      Optional<String> body,
      List<Field> headers) {
    public Health {
      status = List.copyOf(status);
      headers = List.copyOf(headers);
    }
  }

  /**
   * What the traffic itself tells: failures in a row eject a backend for a growing time.
   *
   * @param maxFails failures in a row; zero: never
   * @param failTimeout how long at first; each further time as long again, at most ten times
   * @param maxEjected percent of the pool that may be out for this reason
   * @param serverErrors whether 5xx count as failures
   */
  public record Passive(int maxFails, Duration failTimeout, int maxEjected, boolean serverErrors) {}

  /**
   * Stops asking a backend that mostly fails.
   *
   * @param errorRate percent of failed requests that opens it; zero: never
   * @param openFor how long no request goes there
   */
  public record Breaker(int errorRate, Duration openFor) {}

  /** What makes a request go to another backend. */
  public enum RetryOn {
    CONNECT("connect"),
    RESET("reset"),
    TIMEOUT("timeout"),
    STATUS_502("502"),
    STATUS_503("503"),
    STATUS_504("504");

    private final String word;

    RetryOn(String word) {
      this.word = word;
    }

    /** As the operator writes it. */
    public String word() {
      return word;
    }
  }

  /**
   * When a request is tried again, at another backend.
   *
   * @param maxRetries further tries of a request that was sent; one that was not sent moves on
   * @param methods those of which a request that was sent is sent again; all of them idempotent
   * @param bufferSize bytes of a body kept for that
   * @param timeout from the start of a request; later no try begins; zero: no bound
   * @param tryTimeout until a try's response begins, if shorter than the client's; zero: as that
   * @param backoff the longest pause before a request is sent again; doubles with each time
   * @param budget percent of requests that may be retries; three a second always may
   */
  public record Retry(
      int maxRetries,
      Set<RetryOn> on,
      Set<String> methods,
      int bufferSize,
      Duration timeout,
      Duration tryTimeout,
      Duration backoff,
      int budget) {
    public Retry {
      on = Collections.unmodifiableSet(new LinkedHashSet<>(on));
      methods = Collections.unmodifiableSet(new LinkedHashSet<>(methods));
    }
  }

  /**
   * How much is asked of backends at once.
   *
   * @param maxInFlight requests at one backend; zero: as many as it may have connections
   * @param adaptive whether that bound is lowered when the backend slows down
   * @param maxQueued requests that wait for a backend of the pool; more are refused
   * @param queueTimeout how long one waits
   */
  public record Limits(int maxInFlight, boolean adaptive, int maxQueued, Duration queueTimeout) {}
}
