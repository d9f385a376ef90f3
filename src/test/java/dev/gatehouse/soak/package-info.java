/**
 * What takes too long for every build: a gigabyte through a small heap, readers that do not read,
 * ten thousand idle clients, two thousand aborts, the delay of events. {@code mvn -Psoak verify}
 * prints the figures and fails when one is missed.
 *
 * <p>The server is a process of its own, started as for the container tests; backends and clients
 * are in this JVM. The figures are read from outside: {@code /proc}, the JDK's {@code jcmd}, the
 * status page. So Linux is needed, and an IPv4 or IPv6 loopback address.
 */
@NullMarked
package dev.gatehouse.soak;

import org.jspecify.annotations.NullMarked;
