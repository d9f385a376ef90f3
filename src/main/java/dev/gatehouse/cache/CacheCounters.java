package dev.gatehouse.cache;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What the cache has done since the start. Thread-safe. */
public final class CacheCounters {
  private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
  private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);
  private final LongAdder bytesFromStore = new LongAdder();

  /** What is counted. */
  public enum Event {
    HIT,
    STALE,
    REVALIDATED,
    MISS,
    COLLAPSED,
    BYPASS,
    STORED,
    INVALIDATED
  }

  CacheCounters() {
    for (Event each : Event.values()) {
      events.put(each, new LongAdder());
    }
    for (Refusal each : Refusal.values()) {
      refusals.put(each, new LongAdder());
    }
  }

  void count(Event event) {
    Objects.requireNonNull(events.get(event)).increment();
  }

  void refused(Refusal reason) {
    Objects.requireNonNull(refusals.get(reason)).increment();
  }

  void fromStore(long bytes) {
    bytesFromStore.add(bytes);
  }

  public long counted(Event event) {
    return Objects.requireNonNull(events.get(event)).sum();
  }

  public long refusals(Refusal reason) {
    return Objects.requireNonNull(refusals.get(reason)).sum();
  }

  /** Of bodies. */
  public long bytesFromStore() {
    return bytesFromStore.sum();
  }
}
