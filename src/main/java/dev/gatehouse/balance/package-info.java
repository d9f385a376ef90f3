/**
 * Which backend serves a request: {@link dev.gatehouse.balance.UpstreamPool} keeps the candidates
 * and lends one at a time, a {@link dev.gatehouse.balance.LoadBalancer} picks among those
 * available.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>Policies see available candidates only.</b> The pool leaves out what is down or was
 *       tried, so no policy repeats that rule, and the weight lives on the upstream, so it cannot
 *       shift to a neighbour.
 *   <li><b>An upstream is compared by identity.</b> One URL configured in two pools is two
 *       upstreams, each with its own health; and no lookup hashes a URI. That is why it is a class
 *       and no record. Reopen if upstreams come and go at run time.
 *   <li><b>Weighted turns are computed once per list</b> ({@link
 *       dev.gatehouse.balance.SmoothSchedule}) instead of nginx's running weights, which would need
 *       a lock around each choice. The price is an array of at most (sum of weights / gcd) entries
 *       and, for many backends with coprime weights, some milliseconds when availability changes.
 *   <li><b>A retry takes no turn.</b> Retries have a counter of their own: otherwise a failing
 *       backend would shift the turns of the others, and the shares would no longer be exact.
 *   <li><b>No panic mode:</b> with all backends down there is no lease (503). A check brings a
 *       backend back within an interval; sending traffic to what fails its checks would hide it.
 * </ul>
 */
@NullMarked
package dev.gatehouse.balance;

import org.jspecify.annotations.NullMarked;
