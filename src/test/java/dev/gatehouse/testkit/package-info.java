/**
 * What tests stand on: a backend that does as it is told ({@link dev.gatehouse.testkit.Origin}), a
 * client that sends bytes as they are given ({@link dev.gatehouse.testkit.RawClient}), certificates
 * ({@link dev.gatehouse.testkit.Pki}) and patience ({@link dev.gatehouse.testkit.Await}).
 *
 * <p>Everything is on 127.0.0.1 and on ports that the system gives; threads are daemons; nothing
 * sleeps but {@code Await}.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
