package dev.gatehouse.cache;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tier below the heap, with all that may go wrong there. Thread-safe; nothing here throws. */
interface LowerTier extends AutoCloseable {
  String name();

  @Nullable Stored get(String key);

  void put(String key, Stored stored);

  void remove(String key);

  /** Hands over all that is there, to be removed or replaced. */
  void forEach(Predicate<String> keys, HeapTier.Each each);

  CacheStore.Holding holding();

  @Override
  void close();
}
