/**
 * What is counted, measured and logged, and the filter around everything that does it.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>The access log may lose lines, never hold a request up.</b> A request leaves its facts
 *       in a bounded queue; formatting and writing happen on the thread {@code
 *       gatehouse-access-log}. A full disk or a vanished directory is tried again each second while
 *       lines queue; what finds no room is counted, and the housekeeping thread warns once a minute
 *       (not the writer, which may be what is blocked).
 *   <li><b>A line for each write, no buffer of ours:</b> what is logged is in the file, and a
 *       rotated file ends with a whole line. One system call of some microseconds on a thread that
 *       nobody waits for.
 *   <li><b>A named pipe is opened for reading too.</b> Opening it for writing would wait for a
 *       reader, and Java can end such a wait by nothing.
 *   <li><b>Neither queries nor values of path parameters</b> are logged: that is where session ids
 *       and keys are. What a container refuses before our first filter is in its own log only.
 * </ul>
 */
@NullMarked
package dev.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
