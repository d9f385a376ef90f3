package dev.gatehouse.balance;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One upstream of a pool together with what it is doing now and has done so far.
 *
 * <p>Thread-safe; only the pool moves it.
 */
public final class Candidate {
  private final Upstream upstream;
  private final Upstream former;
  private final long hash;
  private final Latency latency;
  private final Load load;
  private final Fitness fitness;
  private volatile int weight;
  private volatile Mode mode;
  private volatile boolean well;
  private volatile Upstream configured;

  Candidate(Upstream upstream, int limit, boolean adaptive, Fitness fitness) {
    this.upstream = upstream;
    this.former = upstream;
    this.hash = ConsistentHash.hash(upstream.id());
    this.latency = new Latency();
    this.load = new Load(limit, adaptive);
    this.fitness = fitness;
    this.weight = upstream.weight();
    this.mode = Mode.ENABLED;
    this.well = true; // what has not been checked yet may serve
    this.configured = upstream;
  }

  /** The same server under another id, with all that is known and wanted of it. */
  Candidate(Upstream upstream, Candidate known) {
    this.upstream = upstream;
    this.former = known.upstream;
    this.hash = ConsistentHash.hash(upstream.id());
    this.latency = known.latency;
    this.load = known.load;
    this.fitness = known.fitness;
    this.weight = known.weight;
    this.mode = known.mode;
    this.well = known.well;
    this.configured = known.configured;
    configure(upstream);
  }

  public Upstream upstream() {
    return upstream;
  }

  /** What it was before its id changed; itself, if that never has. */
  public Upstream former() {
    return former;
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
    return load.inFlight();
  }

  /** Requests that it may have at a time. */
  public int limit() {
    return load.limit();
  }

  /** Its share of the traffic relative to the others, as configured or changed since. */
  public int weight() {
    return weight;
  }

  /** Its share as it is configured now. */
  public int configuredWeight() {
    return configured.weight();
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
    return load.lent();
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
    return load.count(kind);
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

  /** Whether an operator wants of it what is not configured. */
  boolean isMoved() {
    return mode != Mode.ENABLED || weight != configured.weight();
  }

  /** Is wanted as it is configured. */
  void reset() {
    mode = Mode.ENABLED;
    weight = configured.weight();
  }

  /** Whether both are one server, whose id has changed perhaps. */
  boolean isSameServer(Candidate other) {
    return load == other.load;
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
    if (load.begin()) {
      return circuit;
    }
    fitness.tryAgain(circuit);
    return null;
  }

  void end(Ending ending) {
    load.end(ending);
  }

  /** A client that stays with it has come. */
  void keeps(long nowNanos) {
    load.keeps(nowNanos);
  }

  /** How long ago that was last; empty: never. */
  OptionalLong keptAgoNanos(long nowNanos) {
    return load.keptAgoNanos(nowNanos);
  }

  @Override
  public String toString() {
    return upstream.toString();
  }
}
