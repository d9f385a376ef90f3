package dev.gatehouse.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests under way, one for each key, and the keys whose responses nobody shares, so that
 * nobody waits for them. Thread-safe; what is remembered of the latter is bounded, and may be lost.
 */
final class Flights {
  private static final int SLOTS = 8_192; // a power of two
  private static final long REMEMBERED_NANOS = 30_000_000_000L;

  private final ConcurrentHashMap<String, Flight> underWay = new ConcurrentHashMap<>();
  private final Set<Flight> closed = ConcurrentHashMap.newKeySet(); // and under way
  private final AtomicReferenceArray<@Nullable Solitary> solitary =
      new AtomicReferenceArray<>(SLOTS);
  private final LongSupplier nanoTime;

  private record Solitary(String key, long untilNanos) {}

  Flights(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The flight for the key that is under way, or this one, which is from now on. */
  Flight lead(String key, Flight own) {
    Flight other = underWay.putIfAbsent(key, own);
    return other == null ? own : other;
  }

  /** It is not under way any more. */
  void end(String key, Flight flight) {
    if (!underWay.remove(key, flight)) {
      closed.remove(flight);
    }
  }

  /** Nobody joins these any more: what they bring was asked for too early. */
  synchronized void close(Predicate<String> keys) {
    underWay.forEach(
        (key, flight) -> {
          if (keys.test(key)) {
            closed.add(flight); // first, so that it is not there for good if it ends meanwhile
            if (!underWay.remove(key, flight)) {
              closed.remove(flight);
            }
          }
        });
  }

  /** Whether the last response for the key was not for others. */
  boolean isSolitary(String key) {
    Solitary last = solitary.get(slot(key));
    return last != null && last.key.equals(key) && nanoTime.getAsLong() - last.untilNanos < 0;
  }

  /** The response for the key is not for others. */
  void remember(String key) {
    solitary.set(slot(key), new Solitary(key, nanoTime.getAsLong() + REMEMBERED_NANOS));
  }

  /**
   * Lets those go who have waited for too long.
   *
   * @param patienceNanos how long readers wait for one that does not read
   */
  void tick(long nowNanos, long patienceNanos) {
    underWay.values().forEach(each -> each.expire(nowNanos, patienceNanos));
    closed.forEach(each -> each.expire(nowNanos, patienceNanos));
  }

  private static int slot(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
