/**
 * Putting it together: configuration, objects, start; and all of it undone in reverse.
 *
 * <p>Nothing imports this package. {@code web.xml} names the listener; filters and servlets find
 * what they need in {@link dev.gatehouse.servlet.Parts}.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>Two threads keep house.</b> {@code gatehouse-time} does what has a deadline: the ends of
 *       waits in queues, of ejections and breakers, slow starts, looks at clients. It touches
 *       neither disk nor log, and what may have to wait for a client goes to the HTTP client's
 *       threads. {@code gatehouse-housekeeping} does the rest: files of keys and parameters, names
 *       (to ask for one reads the hosts file), complaints, lines of the log; a disk or log that
 *       blocks it holds up nothing else.
 *   <li><b>All copies of the WAR in a server end at the same time</b>, though the server tells them
 *       one after another: who is told first has the others begin ({@link
 *       dev.gatehouse.connection.ContainerStop}).
 * </ul>
 */
@NullMarked
package dev.gatehouse.boot;

import org.jspecify.annotations.NullMarked;
