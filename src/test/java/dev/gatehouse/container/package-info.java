/**
 * The tests that run the WAR, unchanged, in each server.
 *
 * <p>Arquillian starts and stops the server that {@code arquillian.launch} names. {@link
 * dev.gatehouse.container.ServerUnderTest} gives it directories, ports and keys of its own, so that
 * builds can run side by side; {@link dev.gatehouse.container.Gatehouse} deploys the WAR with the
 * parameters that a test asks for.
 */
@NullMarked
package dev.gatehouse.container;

import org.jspecify.annotations.NullMarked;
