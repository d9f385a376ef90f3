/**
 * Who is in the pools while the proxy runs: {@link dev.gatehouse.members.Membership} puts together
 * what is configured, what operators have changed, and what DNS says.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>One door.</b> Operators, a changed configuration and DNS all come through {@code
 *       Membership}, one at a time, and nobody else changes a pool's members. So none of them
 *       undoes another's work by half, and a backend is watched by health checks exactly while it
 *       is a member.
 *   <li><b>Members are derived, not moved.</b> A pool has a list of immutable entries; each change
 *       makes a new list, and the pool takes what follows from it in one step. There is no moment
 *       with a member too many or too few.
 *   <li><b>A member is a name and an address.</b> Host field, SNI and certificate go by the name,
 *       connections and health checks by the address. Addresses in URLs, {@code localhost} and what
 *       is below it are left alone.
 *   <li><b>Ids are made of DNS's answer alone</b>, so that all proxies that share clients have the
 *       same: the configured id for one address, {@code id@address} for several. The id of a member
 *       changes when its name comes to mean a second address; what is known and wanted of the
 *       address stays, the findings of its checks too. So it does when an answer leaves it out for
 *       a while.
 *   <li><b>A new address is what its name is.</b> If all members of the name drain, or have another
 *       weight than configured, a new one does and has, too: the operator meant the name.
 *   <li><b>Removed is removed.</b> An address that an operator took out stays out until the pool's
 *       backends are configured anew, whether or not DNS names it all the time (the last 64 of a
 *       name); a name whose last member was taken out is not asked for any more.
 *   <li><b>What an operator did stays unless the pool's backends are configured anew</b>, and then
 *       what was wanted of a backend stays while it keeps its URL; removals and additions don't.
 * </ul>
 */
@NullMarked
package dev.gatehouse.members;

import org.jspecify.annotations.NullMarked;
