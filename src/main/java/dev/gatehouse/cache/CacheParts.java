package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Bodies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a request's way through the cache needs, built once.
 *
 * @param room for what is on its way
 * @param bodies reads those of requests
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
    CaptureRoom room,
    Reporter reporter,
    Bodies bodies,
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
  void update(
      String key, String under, StoredResponse old, StoredResponse response, long purgesBefore) {
    if (!purges.concern(purgesBefore, key, response)) {
      variants.update(key, under, old, response);
      if (purges.concern(purgesBefore, key, response)) {
        variants.remove(under);
      }
    }
  }

  /** First what is on its way is given up, then what is stored can be: nothing comes between. */
  void giveUp(PurgeScope scope) {
    purges.add(scope);
    flights.close(scope::hasKey);
  }

  /**
   * Forgets what an answer makes unfit for use (§4.4): of its target all but the answers to other
   * bodies, if this one is kept too.
   *
   * @param kept whether the answer is, as one to its own method
   */
  void changed(String method, int status, Target target, Fields response, boolean kept) {
    for (Target each : Invalidation.of(method, status, target, response)) {
      forget(each, kept && each.equals(target) ? method : "");
    }
  }

  private void forget(Target target, String spared) {
    counters.count(CacheCounters.Event.INVALIDATED);
    PurgeScope all = PurgeScope.of(target);
    giveUp(spared.isEmpty() ? all : all.sparing(target, spared));
    variants.remove(CacheKey.of("GET", target, CacheKey.NO_BODY));
    for (String method : config.key().methods()) {
      if (hasBody(method) && !method.equals(spared)) {
        variants.remove(CacheKey.of(method, target, CacheKey.NO_BODY));
      }
    }
  }

  /** Whether requests with this method are told apart by their bodies. */
  static boolean hasBody(String method) {
    return !method.equals("GET") && !method.equals("HEAD");
  }
}
