package dev.gatehouse.sample;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the inside of Jetty's client and server out of a program's output. */
final class JettyLogs {
  /** Kept here, since java.util.logging forgets the level of a logger that nobody holds. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private JettyLogs() {}

  static void quiet() {
    JETTY.setLevel(Level.SEVERE);
  }
}
