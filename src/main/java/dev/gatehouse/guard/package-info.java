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
 * </ul>
 */
@NullMarked
package dev.gatehouse.guard;

import org.jspecify.annotations.NullMarked;
