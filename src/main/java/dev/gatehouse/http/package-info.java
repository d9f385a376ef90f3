/**
 * HTTP's own rules, as pure functions over strings: no servlet, no client, no clock.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li>Messages that only pass through are copied field by field between the container's and
 *       Jetty's types. An own field list would be a third copy of each; it comes with the cache,
 *       which has to keep fields.
 * </ul>
 */
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
