/**
 * What names mean: {@link dev.gatehouse.dns.Names} asks DNS again when an answer has become old,
 * and tells what has changed. What follows for the pools is the affair of {@code members}.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>IPv6 only where there is no IPv4.</b> A machine with both would count twice.
 *   <li><b>Silence is not denial.</b> While DNS is silent or fails, the last addresses stay,
 *       however long: the checks know who is well. When it says that there is no such name or
 *       address, they stay for {@code dns.staleFor}, as the addresses may be given to somebody
 *       else; then the backend is unreachable until there is an answer again.
 *   <li><b>Never everywhere:</b> {@code 0.0.0.0} and {@code ::} would be this machine, multicast
 *       nobody. They are refused, as is what {@code dns.allow} does not name.
 *   <li><b>At most 64 addresses</b>, the lowest: whoever answers for a name should not decide how
 *       much of our memory it takes, nor how many checks we send.
 *   <li>dnsjava instead of the JDK, which tells no TTL and asks on the caller's thread. It is not
 *       touched before the first question.
 *   <li>Names are used by one thread at a time; DNS only leaves its answers.
 * </ul>
 */
@NullMarked
package dev.gatehouse.dns;

import org.jspecify.annotations.NullMarked;
