package dev.gatehouse.sample;

import java.util.Locale;

/**
 * What somebody typed while the demonstration runs.
 *
 * @param backend the number of the backend meant, from 1; 0 for {@code QUIT}
 */
record DemoCommand(Verb verb, int backend) {
  static final String HELP = "stop N, start N (a backend, N from 1 to 4), quit";

  /** What can be asked for. */
  enum Verb {
    STOP,
    START,
    QUIT
  }

  /**
   * Reads a line such as {@code stop 2}.
   *
   * @throws IllegalArgumentException with an explanation when it is none
   */
  static DemoCommand parse(String line) {
    String text = line.strip().toLowerCase(Locale.ROOT);
    if (text.equals("quit") || text.equals("exit")) {
      return new DemoCommand(Verb.QUIT, 0);
    }
    if (text.matches("(stop|start)\\s+[1-" + DemoSettings.BACKENDS + "]")) {
      Verb verb = text.startsWith("stop") ? Verb.STOP : Verb.START;
      return new DemoCommand(verb, text.charAt(text.length() - 1) - '0');
    }
    throw new IllegalArgumentException("'" + line.strip() + "' is none of: " + HELP);
  }
}
