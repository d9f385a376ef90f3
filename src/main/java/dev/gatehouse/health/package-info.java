/**
 * Active checks: {@link dev.gatehouse.health.HealthChecker} asks a {@link
 * dev.gatehouse.health.Probe} about each backend at intervals, {@link dev.gatehouse.health.Health}
 * judges the results, and the pool is told when a backend goes down or comes back.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>One thread owns all states.</b> Checks are asynchronous; a result comes back to the
 *       health thread, which alone moves a state, so transitions are in order without locks. A
 *       volatile field shows the state to readers.
 *   <li><b>The next check is planned by the result of the last</b>, so two checks of one backend
 *       never overlap, and a probe that hangs stops nobody else's checks.
 *   <li><b>Only monotonic time decides.</b> Instants are for the operator's eyes; a wall clock set
 *       back or forth changes no check and no state.
 *   <li><b>A check opens its own connection</b> ({@code Connection: close}), as HAProxy's do: one
 *       kept alive can look well while the listener is gone, or die of the backend's idle timeout
 *       just when it is reused. Price: a TLS handshake per interval and backend.
 *   <li><b>A check is over when its answer is</b>, or 64 kB of it, or the time, though the status
 *       decides as soon as it is there unless a body is wanted; so checks of a backend never
 *       overlap, even if its answers have no end. Rejected: closing at the status, which fills
 *       backends' logs with broken pipes.
 *   <li><b>Bodies are matched by RE2</b>: linear in time, where the JDK's expressions may take for
 *       ever on a body that a backend chooses.
 *   <li><b>Interim answers are the client's business</b> (its protocol handlers). If they are
 *       missing, a 1xx counts as a failed check rather than to wait for ever.
 * </ul>
 */
@NullMarked
package dev.gatehouse.health;

import org.jspecify.annotations.NullMarked;
