/**
 * Backends fail while users ask: one story for each reliability row (R01 to R13, R25) of the
 * acceptance catalogue, on each server.
 *
 * <p>A {@link dev.gatehouse.faults.Trio} is three backends of a story, each with a {@link
 * dev.gatehouse.faults.Fault} that can be put on it while it runs; {@link
 * dev.gatehouse.faults.Load} is eight clients that ask at an even rate; {@link
 * dev.gatehouse.faults.Account} sets what the clients got against what the backends did, and prints
 * one line.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>Every request and every answer carries its id from the first byte to the last</b>, so
 *       that an answer that is cut but looks whole, or somebody else's, shows in any place.
 *   <li><b>A POST counts as sent when its head has reached a backend</b>, whatever came of it: two
 *       such heads of one POST are a failure even if neither was carried out.
 *   <li><b>What is absolute is asserted in each build, what is a time only in the long one</b>
 *       ({@code mvn -Psoak verify}): a busy machine is slow, but must not be wrong.
 * </ul>
 */
@NullMarked
package dev.gatehouse.faults;

import org.jspecify.annotations.NullMarked;
