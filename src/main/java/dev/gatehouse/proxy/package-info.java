/**
 * Forwarding: one request out, one response back, every byte in its place.
 *
 * <p>Read {@link dev.gatehouse.proxy.ReverseProxyServlet} first, then {@link
 * dev.gatehouse.proxy.ProxyExchange}, which is the life of one request, and {@link
 * dev.gatehouse.proxy.Attempt}, one try at one backend.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>The base servlet's stream classes are replaced, its place is kept.</b> {@code
 *       AsyncProxyServlet} reads the request's body before it has a connection (so that a failed
 *       connect loses it), writes past the filters, never flushes, never closes, and hides its
 *       state in private fields. {@link dev.gatehouse.proxy.ClientBody} reads on demand, {@link
 *       dev.gatehouse.proxy.ClientStream} flushes when the backend pauses and reports when the last
 *       byte is out. What would reopen this: protected state in the base class.
 *   <li><b>The request target is a string of bytes.</b> {@link dev.gatehouse.proxy.UpstreamRequest}
 *       carries it around {@code java.net.URI}, which refuses {@code |} and rewrites {@code //}.
 *       Nothing is normalised after the filters have looked.
 *   <li><b>A broken body ends in a broken message.</b> Once the head is out, the exchange is
 *       dispatched back to the servlet, which throws: that, and nothing gentler, makes Jetty and
 *       Tomcat cut the connection (HTTP/1.1) or reset the stream (HTTP/2). Undertow ends every
 *       message in good order, so {@link dev.gatehouse.connection.ClientConnection} tells it by
 *       name. Completing the asynchronous context would let Tomcat write the last chunk of a
 *       message that is not whole.
 *   <li><b>Jetty's client reads, we look over its shoulder.</b> {@link
 *       dev.gatehouse.proxy.StrictReceiver} is hung in where the parser calls, as only there one
 *       sees what stands behind a response, how its version was spelt, and each interim one. These
 *       are internal classes of Jetty's: {@code StrictTransportTest} tells when they change.
 *       Rejected: checks in {@link dev.gatehouse.proxy.Attempt}, which come too late for most.
 *   <li><b>A chunk is given back once, and never while the container may still write it</b>: at a
 *       cut what it has under way is left to the garbage collector unless it says that it is done,
 *       since in the pool that memory could be filled with somebody else's answer. Jetty's client
 *       leaves the buffer that it reads into in the same way when a response is aborted, and its
 *       pool forgets what was collected.
 *   <li><b>Nothing waits for a client to read its early hints.</b> Containers send a 103 on the
 *       caller's thread; so it goes only where there is room, and else is dropped.
 *   <li><b>Success is the end of the response, not of the exchange.</b> A backend may answer before
 *       it has read the request (RFC 9112 §9.3); then the answer is passed on and the upload given
 *       up.
 * </ul>
 */
@NullMarked
package dev.gatehouse.proxy;

import org.jspecify.annotations.NullMarked;
