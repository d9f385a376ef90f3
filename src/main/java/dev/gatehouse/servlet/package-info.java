/**
 * What the filters and servlets share: the facts of one exchange, what the listener hands them, and
 * the answers that we give ourselves.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li>{@link dev.gatehouse.servlet.Exchange} names the exchange's route with the record of the
 *       configuration, so this package imports {@code config}. The guard settles it.
 *   <li>{@code Exchange.whenDone} does not ask the container afterwards whether the request went
 *       asynchronous: it may have completed already. Who starts the asynchronous cycle ({@link
 *       dev.gatehouse.servlet.BoundRequest}, nobody else) says so before.
 * </ul>
 */
@NullMarked
package dev.gatehouse.servlet;

import org.jspecify.annotations.NullMarked;
