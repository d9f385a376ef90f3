package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.http.Fields;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a request's way through the cache needs, built once.
 *
 * @param onward forwards a request that has waited, without the filters, which it has passed
 * @param sent the fields that the origin gets of a request
 * @param executor runs what others' threads must not
 * @param nanoTime monotonic
 */
record CacheParts(
    CacheConfig config,
    CachePolicy policy,
    StoragePolicy storage,
    Variants variants,
    Flights flights,
    CacheCounters counters,
    Purges purges,
    Reporter reporter,
    FilterChain onward,
    Function<HttpServletRequest, Fields> sent,
    Executor executor,
    InstantSource clock,
    LongSupplier nanoTime) {
  /**
   * Stores a response, unless it was purged since it was asked for.
   *
   * @param purgesBefore how many purges there were then
   */
  void keep(String key, Fields request, StoredResponse response, long purgesBefore) {
    if (!purges.concern(purgesBefore, key, response)) {
      String under = variants.put(key, request, response);
      if (!purges.concern(purgesBefore, key, response)) { // a later one will find it there
        counters.count(CacheCounters.Event.STORED);
        return;
      }
      variants.remove(under);
    }
    counters.count(Refusal.PURGED);
  }

  /** Stores it in the place of the one that it is an update of, unless that was purged. */
  void update(String key, String under, StoredResponse response, long purgesBefore) {
    if (!purges.concern(purgesBefore, key, response)) {
      variants.update(under, response);
      if (purges.concern(purgesBefore, key, response)) {
        variants.remove(under);
      }
    }
  }
}
