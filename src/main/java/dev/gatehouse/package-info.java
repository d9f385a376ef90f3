/**
 * Gatehouse, a reverse proxy in one WAR. This is the map.
 *
 * <p>Start with {@code WEB-INF/web.xml}: it is the path of a request, top to bottom. What its
 * filters and servlets work with was built by {@code boot.Bootstrap} and left in {@code
 * servlet.Parts}.
 *
 * <ul>
 *   <li>{@code boot}: the listener. Configuration, objects, start; all of it undone in reverse.
 *   <li>{@code config}: the parameters, read once into a tree of records; all problems in one
 *       report.
 *   <li>{@code http}: HTTP's own rules as pure functions.
 *   <li>{@code servlet}: what filters and servlets share: the facts of one exchange, own answers.
 *   <li>{@code metrics}: the outermost filter, the counters and the access log.
 *   <li>{@code guard}: which requests are for us at all, and by which route. {@code auth}: API
 *       keys.
 *   <li>{@code balance}: which backend is next. {@code health}: which ones may be. {@code dns}:
 *       what names mean. {@code members}: who is in the pools.
 *   <li>{@code connection}: what containers know of the client's connection and do not tell.
 *   <li>{@code proxy}: the servlet that forwards.
 *   <li>{@code status}: what an operator sees. {@code control}: what an operator does. {@code
 *       events}: what has happened lately.
 * </ul>
 *
 * <p>Imports point one way: {@code ArchitectureTest} is the law and its table the reference.
 * Policies decide in pure functions, filters and servlets do the plumbing, and time comes in as an
 * argument.
 */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
