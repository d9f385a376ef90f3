/**
 * Who may use the proxy: API keys, kept as hashes, read from the configuration and from a file that
 * may change at run time.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>A plain SHA-256, no slow hash.</b> Keys are long and random, not passwords, and each
 *       request needs one hash; hence the minimum length of a key in plain text. Reopen if people
 *       come to choose keys.
 *   <li><b>Every key is compared, each in constant time.</b> Comparing hashes leaks little anyway;
 *       with at most some hundred keys the whole walk costs about as much as the hash.
 *   <li><b>Messages never quote a line.</b> A stray {@code ;} or {@code :} can make part of a key
 *       look like an attribute or an id, so problems name the source, the line and a well-formed
 *       id. Where a line may hold id and key in the wrong order, not even that.
 *   <li><b>Who changes something needs the key itself</b>, even from this machine. In a field of
 *       its own no other site can send it; as a password the browser adds it to any site's form, so
 *       then a token of our own pages must be there ({@link dev.gatehouse.auth.CrossSitePolicy}).
 *   <li><b>A date is the start of that day in UTC</b>, for both bounds: a key with {@code
 *       expires=2026-12-31} is refused from that day on.
 *   <li><b>A broken key file changes nothing.</b> Nobody is locked out by a slip; the log says so
 *       once per change. An empty file is broken too, for that is what a file looks like while it
 *       is being written; one with only comments is a valid way to take all its keys away.
 * </ul>
 */
@NullMarked
package dev.gatehouse.auth;

import org.jspecify.annotations.NullMarked;
