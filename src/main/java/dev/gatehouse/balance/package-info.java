/**
 * Which backend serves a request: {@link dev.gatehouse.balance.UpstreamPool} keeps the candidates
 * and lends one at a time, a {@link dev.gatehouse.balance.LoadBalancer} picks among those
 * available.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>Who may get a request is computed when something changes, not for each request.</b> The
 *       pool keeps one immutable {@link dev.gatehouse.balance.Rotation}; {@link
 *       dev.gatehouse.balance.Availability} makes it of the checks' word, the operator's {@link
 *       dev.gatehouse.balance.Mode}, what the traffic itself told, and time. A choice reads one
 *       volatile field; no policy repeats these rules, and weights cannot shift to a neighbour.
 *   <li><b>Full is found out by trying.</b> A candidate counts a request in by compare-and-set
 *       below its limit; if it is full, the policy chooses again among the others. So the limit is
 *       exact, and costs nothing while nobody is full.
 *   <li><b>Who finds all full stands in line</b> ({@link dev.gatehouse.balance.Waiting}), in the
 *       order of arrival; nobody slips in. The line is the pool's, not a backend's: the first that
 *       has room serves. It has a length and a deadline, which Jetty's own queue has not, so a
 *       backend never has more requests than connections.
 *   <li><b>Retries stand before the others</b>, for they came earlier. A retry waits for a backend
 *       that it has not tried, even while one that it has tried has room, and holds up nobody who
 *       would take that. One request waits no longer in all than it may wait at a time.
 *   <li><b>The adaptive limit is the lower of two</b> of Netflix's concurrency-limits: Gradient2
 *       for slowness, AIMD for refusals, which Gradient2 does not look at and which come quickly.
 *       Rejected: Vegas, which takes the fastest answer for the measure of all.
 *   <li><b>A lease ends with an {@link dev.gatehouse.balance.Ending}</b>, the one source of all
 *       that traffic tells: counters, ejection, breaker, latency, adaptive limits.
 *   <li><b>Bad news is judged under the pool's lock, good news needs none.</b> {@link
 *       dev.gatehouse.balance.Judge} moves pure states, {@code Ejection} and {@code Circuit}, and
 *       is asked only when a request failed or ends a row of failures. A request moves only the
 *       circuit in which it was lent: what ends late tells of another time. Time moves both by a
 *       tick, which is also what tells the events. The log is told by another thread: neither a
 *       request nor the tick ever waits for it.
 *   <li><b>Traffic alone empties no pool.</b> The last one available is not ejected, and those
 *       ejected serve before nobody does, backups after the others; only checks, operators and
 *       breakers leave nobody.
 *   <li><b>A check refutes what it can see.</b> That a connect works again ends an ejection whose
 *       last cause was a failed one, as after a restart that no check has seen; resets and silence
 *       are ended by time, or by checks that failed as well and succeed again. Rejected: that any
 *       good check does (Envoy), since a backend may answer its checks and nothing else.
 *   <li><b>No panic where backups can do all the work</b>: they are there for that.
 *   <li><b>What is known belongs to URL and address</b>, and survives {@link
 *       dev.gatehouse.balance.UpstreamPool#replace}. Under another id a new candidate shares the
 *       state of the old one, so that its leases count for both. Who leaves is remembered for ten
 *       minutes, as DNS may answer with another part of a name's addresses each time; but what an
 *       operator wanted of it only while its URL has other addresses.
 *   <li><b>Who wants a backend that others would not get</b>, such as one that drains, neither
 *       waits behind them nor holds them up.
 *   <li><b>An upstream is compared by identity.</b> One URL configured in two pools is two
 *       upstreams, each with its own health; and no lookup hashes a URI. That is why it is a class
 *       and no record.
 *   <li><b>Whose turn it is follows from the turn's number</b> ({@link
 *       dev.gatehouse.balance.Turns}), instead of nginx's running weights, which would need a lock
 *       around each choice, or a rotation written down, which takes seconds for a thousand weights
 *       and is needed anew at each step of a slow start.
 *   <li><b>Rendezvous hashing and no ring</b>: only the keys of the backend that left move, weights
 *       hold exactly, and nothing is kept. A choice looks at all backends, some microseconds for a
 *       thousand. A ring would be worth its points in memory for many more.
 *   <li><b>Bounded load has a floor.</b> With two requests under way, 1.25 times the average is one
 *       for each of four backends, and a client's second connection would lose its backend. So
 *       fewer than eight requests in flight are no load.
 *   <li><b>A failure is rated as slowness</b> by the policies that look at time, a server error
 *       too: else the backend that fails at once would seem the fastest, and get everything.
 *   <li><b>A retry takes no turn.</b> Retries have a counter of their own: otherwise a failing
 *       backend would shift the turns of the others, and the shares would no longer be exact.
 * </ul>
 */
@NullMarked
package dev.gatehouse.balance;

import org.jspecify.annotations.NullMarked;
