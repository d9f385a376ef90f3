package dev.gatehouse.balance;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

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
  private volatile int limit;
  private volatile int weight;
  private volatile Mode mode = Mode.ENABLED;
  private volatile boolean well = true; // what has not been checked yet may serve

  Candidate(Upstream upstream, int limit) {
    this.upstream = upstream;
    this.hash = ConsistentHash.hash(upstream.id());
    this.limit = limit;
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

  /** What the operator wants of it. */
  public Mode mode() {
    return mode;
  }

  /** Whether its checks allow traffic. */
  public boolean isWell() {
    return well;
  }

  /** How often it was chosen. */
  public long lent() {
    return lent.sum();
  }

  /** Requests that were answered, whatever the status. */
  public long served() {
    return count(Ending.Kind.ANSWERED);
  }

  /** Requests that got no usable answer: refused, reset, too late, or given up. */
  public long failed() {
    return count(Ending.Kind.CONNECT_FAILED)
        + count(Ending.Kind.RESET)
        + count(Ending.Kind.TIMED_OUT)
        + count(Ending.Kind.CANCELLED);
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

  void setLimit(int limit) {
    this.limit = limit;
  }

  /** Counts one more request, unless it is full. */
  boolean begin() {
    int most = limit;
    for (int now = inFlight.get(); now < most; now = inFlight.get()) {
      if (inFlight.compareAndSet(now, now + 1)) {
        lent.increment();
        return true;
      }
    }
    return false;
  }

  void end(Ending ending) {
    inFlight.decrementAndGet();
    counter(ending.kind()).increment();
  }

  private LongAdder counter(Ending.Kind kind) {
    return Objects.requireNonNull(endings.get(kind));
  }

  @Override
  public String toString() {
    return upstream.toString();
  }
}
