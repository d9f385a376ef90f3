/**
 * What an operator does at run time, to backends ({@link dev.gatehouse.control.ControlServlet}
 * takes the wish, {@link dev.gatehouse.control.Operator} carries it out) and to the cache ({@link
 * dev.gatehouse.control.PurgeServlet}).
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>A purge says in one way what it means</b>, and no character is a wildcard: who leaves a
 *       star in a URL has not purged everything.
 *   <li><b>The last backend of a pool can't be removed</b> (409). A pool without backends answers
 *       nothing but 503, which disabling the backend says as well and can be taken back.
 *   <li><b>Nothing is kept.</b> What was done is gone with the application; the configuration is
 *       the one place that says how it should be. Every answer and the page say so.
 *   <li><b>The body is read here</b>, not by the container: each has its own bound on forms, and
 *       all are far above ours.
 *   <li><b>A form's answer leads back to the page</b> (303), an API call's is the backend's state.
 *       What tells them apart is the token, which only our forms have.
 *   <li><b>An answer may quote what was asked for</b>, unlike other answers of our own: only who
 *       has the admin key gets here.
 * </ul>
 */
@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
