/**
 * A shared HTTP cache (RFC 9111): {@code CacheFilter} looks up, asks a policy, and answers from
 * store or lets the request go on and captures what comes back.
 *
 * <h2>The way of a request</h2>
 *
 * <ol>
 *   <li>{@code CacheKey} names the target: scheme, host, port, path, query, method group, body, and
 *       what a trusted proxy before us says of them. Each part has its length before it, so no two
 *       requests share a key. Host and port are in the one spelling that origins get, too.
 *   <li>Where a method's requests are told apart by their bodies, {@code BodyTurn} has the body
 *       read first, without a thread, up to a bound; it goes with the request from then on.
 *   <li>{@code Variants} (what is stored under a key) selects by Vary (§4.1): by the fields as the
 *       origin gets them, ours included. A response without Vary stands under the key itself, so
 *       that most hits are one look.
 *   <li>{@code CachePolicy} decides on values alone: hit, hit while refreshed, revalidate, miss,
 *       unsatisfiable, bypass. {@code Freshness} was computed when the response was stored; on a
 *       hit only the age is new.
 *   <li>A hit is answered on the thread that asked: {@code StoredResponse} has its fields ready and
 *       its body in one array; {@code Conditions} makes a 304, 206 or 416 of it, or leaves it to
 *       the origin.
 *   <li>A miss or a revalidation goes down the chain through {@code HeldResponse}, which sees the
 *       complete head before it chooses where the body goes: out, into a {@code Capture} out of
 *       which the client reads, or (a 304) nowhere, as the stored body takes its place ({@code
 *       Validation}). Only a closed stream is a whole body; any other capture is thrown away.
 *   <li>{@code Flights} lets one request per key go; others wait without a thread, and are served
 *       from the capture while it grows, or go by themselves.
 * </ol>
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>Values and plumbing.</b> All that RFC 9111 says is in pure classes over immutable
 *       values; time is an argument ({@code Instant}). Filter, store and flights carry out.
 *   <li><b>Judge once.</b> What follows from the response alone (lifetime, whether stale use is
 *       forbidden, windows, which fields to leave out) is worked out when it is stored and kept
 *       with it. No stored field is parsed on a hit.
 *   <li><b>Never worse than no cache.</b> What a store throws is a miss, counted and told once a
 *       minute. What can't be captured whole is not stored.
 *   <li><b>Variants by generation.</b> Under the key of a resource that varies stands an index: the
 *       lists of field names that Vary has had, newest first, and a random generation. A variant's
 *       own key is made of key, generation and the selecting fields' values. To drop the index
 *       drops all variants at once; what is left of them is found by nobody, and evicted in time.
 *   <li><b>Bodies are variants, too.</b> All answers to one method of a target have one index,
 *       whatever the bodies were, so that an invalidation needs not look for them. A body is taken
 *       byte by byte: what RFC 10008 §2.7 allows to be normalised is not worth a parser of what
 *       strangers send. What can't be read in time or up to the bound, is announced to have
 *       trailers or waits to be asked for, passes as any request does: {@code Passage}.
 *   <li><b>So are fronts</b>: what a trusted proxy before us says of a target stands under the
 *       target's index, so that an invalidation is for all of it; and has an index of its own, as
 *       there may be many sites behind one name, which are not to put out each other's variants.
 *       Nor is who comes past that proxy: its variants have a generation and a count, and all
 *       fronts together have theirs.
 *   <li><b>GET or HEAD with content</b> passes, too: the key does not tell it from one without.
 *   <li><b>POST is answered from store only where an operator says that it asks</b>. Then the
 *       origin has the last word: an answer that may be stored is one to a question, and drops what
 *       GET and QUERY have left for the target (§4.4 demands it), but not the answers to other
 *       bodies. Any other answer that is no error drops these as well. Conditions are not for POST
 *       (RFC 9110 §13.2.2): with one it passes, and what is stale is not validated but fetched
 *       anew.
 *   <li><b>With {@code cache.vary=language}</b> equally wanted languages are put in order for the
 *       comparison, and only there: the origin gets what the client has sent. To choose among
 *       stored languages by their weights is left to the origin, who knows what else there is.
 *   <li><b>A doubtful Cache-Control forbids, and grants nothing.</b> What stands where it should
 *       not is believed if it says {@code private}, not if it says {@code public}; a time that
 *       can't be read is zero.
 *   <li><b>A default lifetime supposes that a response is for all</b>, since its origin does not
 *       say so. A key of ours says who may ask, and with it comes each request: for its sake
 *       nothing is supposed less ({@code cache.perKey} keeps keys apart). A cookie says who asks:
 *       then nothing is supposed, unless cookies are in the key.
 *   <li><b>Fields named by {@code no-cache="..."} or {@code private="..."} are not kept</b>, so
 *       that nobody has to ask on a hit. Where the body can't be read without them, the directive
 *       is for all of the response.
 *   <li><b>{@code s-maxage} forbids stale use</b> even beside {@code stale-while-revalidate} (RFC
 *       9111 §5.2.2.10, §4.2.4); an origin that wants both has {@code max-age}, or a targeted
 *       field.
 *   <li><b>Clients do not rule the cache</b> unless the operator says so (§5.2.1: their directives
 *       are advisory): else anybody could send all requests past it, or keep a key from being
 *       shared.
 *   <li><b>What is shared is what the origin would send to both.</b> It sees a client through what
 *       we forward, so that is what its responses are selected by: the address in X-Forwarded-For
 *       that we have put there, and not what a client writes in a field that we drop, or that its
 *       Connection names. Of names that CGI can't tell apart, each counts as the other.
 *   <li><b>What was purged does not come back.</b> A response that was asked for before a purge or
 *       an invalidation that concerns it, and comes after it, is for its client and not stored
 *       ({@code Purges}).
 *   <li><b>Nobody's pace is another's.</b> The client that a response was asked for reads it out of
 *       the capture, by a {@code BodyPump}, as those do who follow; the origin writes into the
 *       capture only. What may be stored is taken as fast as the origin sends it, since it is kept
 *       anyway; of a body that has outgrown that, a quarter of a megabyte may wait for a reader,
 *       and then the origin does. Who holds all others up for the lock's timeout, and reads nothing
 *       meanwhile, is cut, visibly. The asking client's pump is driven by the thread that brings
 *       the bytes, so that a miss that nobody follows costs no change of threads. Rejected: to
 *       write to that client directly, and to let it fall behind when others wait: two ways for one
 *       thing, and a change from one to the other amid a body.
 *   <li><b>What is on its way in takes no more memory than what is there may</b> ({@code
 *       CaptureRoom}): as many bytes as the heap's tier, for all bodies that come to be stored.
 *       What has come whole counts where it is stored, like any hit, however long its readers take:
 *       else a few slow ones would turn storing off. What finds no room is passed on and not
 *       stored; where others wait for it, it is shared like one that is too large, so that a lack
 *       of memory does not become a load on the origin.
 *   <li><b>A leader that is lost is followed by one</b>: its flight ends before its capture breaks,
 *       so that whoever the capture then refuses can look again, and finds nobody under way but the
 *       first of them. Whom a capture refuses that goes on goes alone: a look would lead back.
 *   <li><b>Own record format</b> in every tier but the heap: length, hash, version; no Java
 *       serialisation. Whatever does not fit is a miss.
 *   <li><b>Who asked is not written down.</b> Keys have values of cookies and credentials where
 *       Vary names these. On the heap they stay as they are, so that a hit costs no hash; below it
 *       a {@code LowerKey} has target and method, which purges need, and a hash of all else.
 *   <li><b>Each tier an Ehcache of its own</b>, and {@code EhcacheStore} over them. In one Ehcache
 *       with tiers the lowest has the say, so a full disk would end the heap's use too, and its own
 *       count of bytes keeps no records. What is removed or replaced is so in all tiers under the
 *       key's {@code Stripe}; a hit takes no lock.
 *   <li><b>The cluster is asked last, and told later.</b> A read waits 50 ms at most, and the first
 *       that waits in vain spares all others ({@code ClusterTier}); connecting, writing, looking
 *       for a lost server are the work of one thread ({@code ClusterLink}). What is {@code Owed} is
 *       bounded, and counts as written for who has written it.
 *   <li><b>What was removed while the cluster was lost is not found in it afterwards</b>: the keys
 *       are told before it is read again. Of too many, or of a purge, which would have to look
 *       through it, all of it is cleared: that is right whatever it holds, needs no generation in
 *       keys that each proxy would have to ask for, and is rare. What is owed ends with the
 *       process: a proxy with a cluster has no disk to write it on, and to clear the cluster at
 *       each start would end the sharing with every deployment. So who purges while the cluster is
 *       lost, and ends the proxy before it is found, purges again; README says so.
 *   <li><b>A cluster that answers late for long is not asked</b> ({@code Pace}): where more than a
 *       fifth of its answers are slow, it is left until one is quick. Slow answers to what was
 *       asked at once count as one, as a single pause is behind them. It stays open meanwhile, as
 *       it may be quick for others: what must go is told on the link's thread, a purge looks
 *       through it, and what they have put there is not replaced. What is to be made stale and
 *       can't be read is removed.
 *   <li><b>A purge that can't look through a tier clears it</b>, or turns it off until it could.
 *   <li><b>Each proxy answers for its own tiers.</b> A purge or invalidation reaches the proxy that
 *       gets it and the cluster; what others have carried up to their own memory they use until it
 *       is stale (as RFC 9111 §4.4 has it for caches that a request does not pass). So who purges
 *       tells each proxy. Without own tiers each hit would cost a round trip, and a lost cluster
 *       all hits.
 *   <li><b>Cache-Status is said of what came to the cache</b>: of our own answers behind it, too,
 *       as that it was asked and had nothing explains them. What a filter before it answers (400,
 *       401, 403 ...) or the pages under {@code /_proxy/} never reached it, and RFC 9211 §2 has a
 *       member stand for a cache that has handled the request.
 *   <li><b>Who shares a cluster shares its rules</b> and trusts its network: records are hashed
 *       against accidents, not signed, and Terracotta's connections are not encrypted.
 * </ul>
 */
@NullMarked
package dev.gatehouse.cache;

import org.jspecify.annotations.NullMarked;
