package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import jakarta.servlet.FilterChain;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What a request's way through the cache needs, built once.
 *
 * @param onward forwards a request that has waited, without the filters, which it has passed
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
    Executor executor,
    InstantSource clock,
    LongSupplier nanoTime) {}
