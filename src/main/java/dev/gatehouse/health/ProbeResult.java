package dev.gatehouse.health;

import java.time.Duration;

/**
 * What one check found.
 *
 * @param detail in plain words, such as {@code 200 in 3 ms} or {@code connection refused}
 * @param took from asking to knowing
 */
public record ProbeResult(boolean ok, String detail, Duration took) {}
