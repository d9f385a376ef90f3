/**
 * The demonstration: sample backends, a load client, and both around the proxy in one command.
 *
 * <p>{@link dev.gatehouse.sample.SampleBackend} also serves tests, in process.
 */
@NullMarked
package dev.gatehouse.sample;

import org.jspecify.annotations.NullMarked;
