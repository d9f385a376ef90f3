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
 *   <li><b>A request's id</b> is taken over from peers whose forwarding fields are believed, if it
 *       is 1 to 128 visible ASCII characters without quotes and backslash, so that it fits into
 *       fields, JSON and a shell as it is. All others get 128 random bits; they are names, no
 *       secrets, so the generator need not be secure.
 *   <li><b>JSON errors are {@code application/problem+json}</b> (RFC 9457), for who accepts that or
 *       {@code application/json}. Who accepts neither JSON nor text gets text: an error in the
 *       wrong form says more than a 406.
 *   <li><b>The error page is mapped below {@code /WEB-INF}</b>, which containers dispatch to and
 *       never serve, and it answers no other dispatch than an error's.
 * </ul>
 */
@NullMarked
package dev.gatehouse.servlet;

import org.jspecify.annotations.NullMarked;
