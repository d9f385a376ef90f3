package dev.gatehouse.faults;

import java.time.Duration;

/** How long a story is: some seconds in each build, and long enough for figures in the soak. */
final class Scale {
  private static final int SECONDS = Integer.getInteger("gatehouse.it.faultSeconds", 4);
  private static final int ENOUGH_FOR_FIGURES = 20;

  private Scale() {}

  /** A part of a story. */
  static Duration share(double share) {
    return Duration.ofMillis((long) (SECONDS * share * 1000));
  }

  /** What a download takes that a stop must wait for. */
  static Duration download() {
    return Duration.ofSeconds(hasFigures() ? 5 : 2);
  }

  /** One of two values, the second for the long run. */
  static <T> T of(T usually, T forFigures) {
    return hasFigures() ? forFigures : usually;
  }

  /** Whether times are asserted, too. */
  static boolean hasFigures() {
    return SECONDS >= ENOUGH_FOR_FIGURES;
  }
}
