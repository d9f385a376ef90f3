/**
 * The client's connection, as far as a proxy must know it and the servlet API does not tell:
 * whether the client is still there while its backend is silent, whether it has given up a body
 * that seems to have ended, how to ask for one, and how to cut a message so that it does not look
 * whole.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>By reflection, and only here.</b> The containers' classes are not on our class path.
 *       What is not found as expected is said once in the log, and then only the time-outs tell of
 *       clients that have left; nothing else depends on it.
 *   <li><b>A look is a read that does not wait.</b> No container reports a client that leaves while
 *       nothing flows, as none has a read under way then; Java can't peek. A byte that comes (a
 *       pipelined request) is given back to the container, and this client is looked at no more:
 *       who sends is there.
 *   <li><b>The end of the client's sending is its leaving,</b> as for nginx and Go: TCP does not
 *       tell a closed connection from a half-closed one. Who half-closes (and few clients do) still
 *       gets what comes before the first look.
 *   <li><b>Never beside the container's own reading.</b> A look is taken only between the end of
 *       the request and the end of the response, under the lock by which an exchange ends ({@code
 *       proxy.ProxyExchange}).
 *   <li><b>An end is believed only if nobody has reset the stream.</b> Tomcat shows a stream that
 *       was reset as one that has ended, and so would Jetty and Undertow before the first read: a
 *       cancelled upload would reach the backend as a whole one, or an empty one.
 *   <li><b>The container's own word that it stops</b> comes by its life cycle's listeners ({@link
 *       dev.gatehouse.connection.ContainerStop}), of the application and of the whole server.
 *       Rejected: a shutdown hook, which runs beside the container's own and not before it; and
 *       {@code contextDestroyed} alone, which comes when connections are gone.
 *   <li><b>Whether a write would wait</b> nobody but the system tells: one more selector, for a
 *       moment, asks it. Only for early hints, which may as well be dropped.
 *   <li><b>Copies of the WAR find each other</b> among the server's listeners, by what their class
 *       loaders share: the first that is told has all of them begin their end.
 *   <li>HTTP/2 connections are read all the time. A reset is in the stream's state, where we look;
 *       of one that comes after {@code startAsync} Jetty tells itself.
 *   <li><b>A member that is missing</b> means a container that we do not know, and ends all looks.
 *       One that is null means one exchange of which the container has let go.
 * </ul>
 */
@NullMarked
package dev.gatehouse.connection;

import org.jspecify.annotations.NullMarked;
