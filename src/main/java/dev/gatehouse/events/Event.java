package dev.gatehouse.events;

import java.time.Instant;

/**
 * One thing that happened.
 *
 * @param pool where; empty: everywhere
 * @param backend which; empty: all of the pool
 * @param what in a few words, such as {@code unreachable}, {@code ejected} or {@code draining}
 * @param cause why, in plain words
 * @param by who wanted it: the id of a key; empty: nobody, it came about
 */
public record Event(
    Instant at, String pool, String backend, String what, String cause, String by) {}
