package dev.gatehouse.balance;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One upstream of a pool together with what it is doing now and has done so far.
 *
 * <p>Thread-safe; only the pool moves it.
 */
public final class Candidate {
  private final Upstream upstream;
  private final long hash;
  private final Latency latency = new Latency();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder lent = new LongAdder();
  private final Map<Ending.Kind, LongAdder> endings = new EnumMap<>(Ending.Kind.class);
  private final @Nullable AdaptiveLimit adaptive;
  private volatile int limit;
  private volatile int weight;
  private volatile Mode mode = Mode.ENABLED;
  private volatile boolean well = true; // what has not been checked yet may serve
  private volatile Upstream configured;
  private final Fitness fitness;

  Candidate(Upstream upstream, int limit, boolean adaptive, Fitness fitness) {
    this.upstream = upstream;
    this.adaptive = adaptive ? new AdaptiveLimit(limit) : null;
    this.hash = ConsistentHash.hash(upstream.id());
    this.limit = limit;
    this.fitness = fitness;
    this.configured = upstream;
    this.weight = upstream.weight();
    for (Ending.Kind kind : Ending.Kind.values()) {
      endings.put(kind, new LongAdder());
    }
  }

  public Upstream upstream() {
    return upstream;
  }

  /** Of its id. */
  long hash() {
    return hash;
  }

  /** Known only while a policy measures it. */
  Latency latency() {
    return latency;
  }

  /** Requests lent and not yet given back. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Requests that it may have at a time. */
  public int limit() {
    return limit;
  }

  /** Its share of the traffic relative to the others, as configured or changed since. */
  public int weight() {
    return weight;
  }

  /** Whether it serves only while no other does. */
  public boolean isBackup() {
    return configured.isBackup();
  }

  /** What the operator wants of it. */
  public Mode mode() {
    return mode;
  }

  /** Whether its checks allow traffic. */
  public boolean isWell() {
    return well;
  }

  /** What traffic and time tell of it. */
  Fitness fitness() {
    return fitness;
  }

  /** How it stands now, by a monotonic clock. */
  public Standing state(long nowNanos) {
    return Standing.of(this, nowNanos);
  }

  /** How much of its weight it has: less than 100 while it warms up. */
  public int weightPercent() {
    return fitness.percent();
  }

  /** How often it was chosen. */
  public long lent() {
    return lent.sum();
  }

  /** Requests that were answered, whatever the status. */
  public long served() {
    return count(Ending.Kind.ANSWERED);
  }

  /** Requests that got no usable answer: refused, reset or too late. */
  public long failed() {
    return count(Ending.Kind.CONNECT_FAILED)
        + count(Ending.Kind.RESET)
        + count(Ending.Kind.TIMED_OUT);
  }

  /** Requests that ended so. */
  public long count(Ending.Kind kind) {
    return counter(kind).sum();
  }

  void setWeight(int weight) {
    this.weight = weight;
  }

  void setMode(Mode mode) {
    this.mode = mode;
  }

  void setWell(boolean well) {
    this.well = well;
  }

  /** It is configured anew; a weight that an operator has changed stays unless that is new, too. */
  void configure(Upstream anew) {
    if (anew.weight() != configured.weight()) {
      weight = anew.weight();
    }
    configured = anew;
  }

  /** Takes over what is wanted of another one. */
  void follow(Candidate other) {
    mode = other.mode;
    if (other.weight != other.configured.weight()) {
      weight = other.weight;
    }
  }

  /** Whether the same is wanted of both. */
  boolean isWantedAs(Candidate other) {
    return mode == other.mode && weight == other.weight;
  }

  /**
   * Counts one more request; null if it is full or another one tries it out.
   *
   * @return the circuit in which it was lent
   */
  @Nullable Circuit begin() {
    Circuit circuit = fitness.admit();
    if (circuit == null) {
      return null;
    }
    int most = limit;
    for (int now = inFlight.get(); now < most; now = inFlight.get()) {
      if (inFlight.compareAndSet(now, now + 1)) {
        lent.increment();
        return circuit;
      }
    }
    fitness.tryAgain(circuit);
    return null;
  }

  void end(Ending ending) {
    int others = inFlight.decrementAndGet();
    counter(ending.kind()).increment();
    if (adaptive != null) {
      limit = adaptive.after(ending, others + 1);
    }
  }

  private LongAdder counter(Ending.Kind kind) {
    return Objects.requireNonNull(endings.get(kind));
  }

  @Override
  public String toString() {
    return upstream.toString();
  }
}
