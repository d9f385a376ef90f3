package dev.gatehouse.cache;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What the cache has done since the start. Thread-safe. */
public final class CacheCounters {
  private final Map<Event, LongAdder> events = adders(Event.class);
  private final Map<Bypass, LongAdder> bypasses = adders(Bypass.class);
  private final Map<Refusal, LongAdder> refusals = adders(Refusal.class);
  private final LongAdder bytes = new LongAdder();
  private final LongAdder bytesFromStore = new LongAdder();
  private final LongAdder purged = new LongAdder();

  /** What is counted. */
  public enum Event {
    /** Answered from store, fresh. */
    HIT,
    /** Answered from store, stale. */
    STALE,
    /** The origin said that what is stored is current. */
    REVALIDATED,
    /** The origin's answer went to the client. */
    MISS,
    /** Answered with what another request has brought. */
    COLLAPSED,
    /** Asked for anew while no client waited. */
    REFRESHED,
    STORED,
    /** Targets forgotten after an unsafe request (RFC 9111 §4.4). */
    INVALIDATED
  }

  /** Begins at zero. */
  public CacheCounters() {}

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    for (E each : type.getEnumConstants()) {
      adders.put(each, new LongAdder());
    }
    return adders;
  }

  void count(Event event) {
    Objects.requireNonNull(events.get(event)).increment();
  }

  void takeBack(Event event) {
    Objects.requireNonNull(events.get(event)).decrement();
  }

  void count(Bypass reason) {
    Objects.requireNonNull(bypasses.get(reason)).increment();
  }

  void count(Refusal reason) {
    Objects.requireNonNull(refusals.get(reason)).increment();
  }

  void purged(long responses) {
    purged.add(responses);
  }

  /** So many bytes of a body went to a client. */
  void delivered(long count, boolean fromStore) {
    bytes.add(count);
    if (fromStore) {
      bytesFromStore.add(count);
    }
  }

  public long total(Event event) {
    return Objects.requireNonNull(events.get(event)).sum();
  }

  public long total(Bypass reason) {
    return Objects.requireNonNull(bypasses.get(reason)).sum();
  }

  public long total(Refusal reason) {
    return Objects.requireNonNull(refusals.get(reason)).sum();
  }

  /** Responses that operators had forgotten or made stale. */
  public long purged() {
    return purged.sum();
  }

  /** Of bodies of all answers to requests that may be answered from store. */
  public long bytes() {
    return bytes.sum();
  }

  /** Those of them that no backend had to send for the request. */
  public long bytesFromStore() {
    return bytesFromStore.sum();
  }

  /** Answers for which no backend was asked. */
  public long hits() {
    return total(Event.HIT) + total(Event.STALE) + total(Event.COLLAPSED);
  }

  /** Answers to requests that may be answered from store. */
  public long lookups() {
    return hits() + total(Event.REVALIDATED) + total(Event.MISS);
  }
}
