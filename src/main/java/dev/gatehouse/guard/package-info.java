/**
 * The front: the same rules on every container, before anything believes a request.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li>What a request may be is decided by {@link dev.gatehouse.guard.RequestPolicy} from a few
 *       strings. The filter only fetches these and carries the decision out.
 *   <li>Today these are the rules without which a message would be forwarded that must not be:
 *       methods that are not for a gateway, and a framing that HTTP/1.0 does not have. Limits and
 *       ambiguous paths have their place here.
 *   <li><b>A request's route is settled here</b> ({@link dev.gatehouse.guard.RouteTable}), right
 *       after its target was found fit: on the raw path from the server's root, context path
 *       included: what an operator reads in a browser, and what prefixes are taken off.
 *   <li>The table is searched from the top: with some hundred routes that is cheaper than what a
 *       request costs anyway, and the order is the documentation.
 * </ul>
 */
@NullMarked
package dev.gatehouse.guard;

import org.jspecify.annotations.NullMarked;
