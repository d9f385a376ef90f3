/**
 * The catalogue of cases that every server must pass, as tables: rows of bytes that a raw client
 * sends, and what must come of them at the client and at a recording backend.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li>{@code conformance/catalogue.txt} has the ids with their severity, {@code
 *       conformance/index.txt} the tests in which each is found; {@link
 *       dev.gatehouse.conformance.IndexTest} holds the two together and names exist.
 *   <li>A difference between servers that is not ours to remove stands in the row, with its reason
 *       and with what holds there instead; that is asserted, so that a new server version that
 *       behaves shows up.
 *   <li>Which requests a server accepts is compared between servers by {@code
 *       conformance/accepted.txt} (A30): where a requirement leaves a choice, the file says who
 *       chooses what.
 *   <li>"The backend saw nothing" needs no waiting: on the row's own connection a further request
 *       follows, whose answer must be its own, and another on a new connection; what was to come of
 *       the row has come by then.
 * </ul>
 */
@NullMarked
package dev.gatehouse.conformance;

import org.jspecify.annotations.NullMarked;
