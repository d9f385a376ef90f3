/**
 * Backends given by name: {@link dev.gatehouse.dns.Names} asks DNS again when an answer has become
 * old, and makes each address that a name means a member of the pool.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>A member is a name and an address.</b> Host field, SNI and certificate go by the name,
 *       connections and health checks by the address. Addresses in URLs, {@code localhost} and what
 *       is below it are left alone.
 *   <li><b>Ids are made of the answer alone</b>, so that all proxies that share clients have the
 *       same: the configured id for one address, {@code id@address} for several. So the id of a
 *       member changes when its name comes to mean a second address, and it begins anew.
 *   <li><b>IPv6 only where there is no IPv4.</b> A machine with both would count twice.
 *   <li><b>Silence is not denial.</b> While DNS is silent or fails, the last addresses stay,
 *       however long: the checks know who is well. When it says that there is no such name or
 *       address, they stay for {@code dns.staleFor}, as the addresses may be given to somebody
 *       else; then the backend is unreachable until there is an answer again.
 *   <li><b>Never everywhere:</b> {@code 0.0.0.0} and {@code ::} would be this machine, multicast
 *       nobody. They are refused, as is what {@code dns.allow} does not name.
 *   <li>dnsjava instead of the JDK, which tells no TTL and asks on the caller's thread.
 *   <li>All moves are made under one lock, by the thread that starts us and then by housekeeping's;
 *       DNS only leaves its answers.
 * </ul>
 */
@NullMarked
package dev.gatehouse.dns;

import org.jspecify.annotations.NullMarked;
