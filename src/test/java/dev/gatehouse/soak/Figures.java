package dev.gatehouse.soak;

import dev.gatehouse.container.ServerUnderTest;
import java.util.Locale;

/** Prints what was measured, one plain line for each figure. */
final class Figures {
  private Figures() {}

  static void print(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    System.out.println("[soak " + ServerUnderTest.current().name() + "] " + line);
  }
}
