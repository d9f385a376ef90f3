/** Arquillian's adapter for the Jetty that we ship a base directory for. */
@NullMarked
package dev.gatehouse.container.jetty;

import org.jspecify.annotations.NullMarked;
