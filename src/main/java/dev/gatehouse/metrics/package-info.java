/** What is counted and measured, and the filter around everything that does it. */
@NullMarked
package dev.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
