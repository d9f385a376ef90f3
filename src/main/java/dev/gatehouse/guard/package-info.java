/**
 * The front: the same rules on every container, before anything believes a request.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li>What a request may be is decided by {@link dev.gatehouse.guard.RequestPolicy} (its line)
 *       and {@link dev.gatehouse.guard.FieldRules} (its fields) from strings. The filter only
 *       fetches these, each field once, and carries the decision out.
 *   <li><b>Rules see one spelling of a path, the backend its bytes.</b> {@link
 *       dev.gatehouse.http.RequestPath} makes the rule path or refuses; what backends could read in
 *       another way than rules is refused, not mended. The table of paths is {@code
 *       src/test/resources/request-paths.csv}. With {@code guard.paths=pass} there is nothing to
 *       decide, so that {@code uri.encodedSlash} has no say then. The context path is part of it.
 *   <li><b>{@code %2F} stays {@code %2F} where it may pass</b>: RFC 3986 §2.2 says that it is no
 *       slash. Dots beside it are refused all the same.
 *   <li><b>Equal Content-Length fields are refused too</b>, as most containers do: one rule instead
 *       of one more way to differ.
 *   <li><b>A refusal closes the connection</b> (HTTP/1.x) if the end of the request is in doubt or
 *       a body is unread. What the container still reads of it then is never taken for a request.
 *       Of HTTP/2 only the stream ends, which is the container's work.
 *   <li><b>What containers refuse before us</b> keeps their status: Jetty TRACE (403) and {@code
 *       %25} in paths (400), Tomcat more than its {@code maxHeaderCount} (400), Undertow a target
 *       that does not begin with a slash (500). Tomcat takes Content-Length away when
 *       Transfer-Encoding is there, decodes the chunks and closes; nobody behind it can tell.
 *   <li><b>An absolute target</b> loses scheme and authority in the container, which refuses one
 *       that Host contradicts. So it can only mean our own backends.
 *   <li><b>A request's route is settled here</b> ({@link dev.gatehouse.guard.RouteTable}), right
 *       after its target was found fit: on the rule path from the server's root, context path
 *       included: what an operator reads in a browser, and what prefixes are taken off.
 *   <li><b>Our own pages may have hosts of their own</b> ({@link dev.gatehouse.guard.PageHosts}),
 *       since a backend's page of the same origin can act for whoever is logged in there. Here,
 *       before keys are looked at: elsewhere no browser is asked for a password. The port counts,
 *       as it does for an origin. X-Forwarded-Host has no say, as with routes.
 *   <li>The table is searched from the top: with some hundred routes that is cheaper than what a
 *       request costs anyway, and the order is the documentation.
 * </ul>
 */
@NullMarked
package dev.gatehouse.guard;

import org.jspecify.annotations.NullMarked;
