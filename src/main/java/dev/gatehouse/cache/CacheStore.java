package dev.gatehouse.cache;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where responses are kept. Thread-safe. Nothing here throws or waits for long: a fault is a miss,
 * or forgets what was to be stored, and is counted.
 */
public interface CacheStore extends AutoCloseable {
  /** What stands under the key; null: nothing, or nothing that can be read. */
  @Nullable Stored get(String key);

  /** Lets it stand there instead of whatever did. */
  void put(String key, Stored stored);

  void remove(String key);

  /**
   * Forgets what passes; slow, for operators.
   *
   * @param keys passes the key of what is to be removed
   * @param stored passes what is under it, index or response; both must pass
   * @return how many responses are gone
   */
  long removeIf(Predicate<String> keys, Predicate<Stored> stored);

  /**
   * Puts what is made of them in the place of responses; slow, for operators.
   *
   * @param keys passes the key of what may be changed
   * @param revision makes another one of a response, or gives it back; of what it has made, it
   *     makes nothing else
   * @return how many are others now
   */
  long revise(Predicate<String> keys, UnaryOperator<StoredResponse> revision);

  /** What it holds now, by its own count. */
  Holding holding();

  /** The same tier by tier, by name, from the top. */
  Map<String, Holding> tiers();

  /** Writes down what is to survive, and lets go of the rest. */
  @Override
  void close();

  /**
   * What a store holds and has gone through.
   *
   * @param bytes of keys, fields and bodies
   * @param faults what has thrown, or could not be read
   * @param on whether it is used just now
   */
  record Holding(long entries, long bytes, long evictions, long faults, boolean on) {
    /** It is used. */
    public Holding(long entries, long bytes, long evictions, long faults) {
      this(entries, bytes, evictions, faults, true);
    }
  }
}
