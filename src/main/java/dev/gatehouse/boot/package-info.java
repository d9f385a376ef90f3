/**
 * Putting it together: configuration, objects, start; and all of it undone in reverse.
 *
 * <p>Nothing imports this package. {@code web.xml} names the listener; filters and servlets find
 * what they need in {@link dev.gatehouse.servlet.Parts}.
 */
@NullMarked
package dev.gatehouse.boot;

import org.jspecify.annotations.NullMarked;
