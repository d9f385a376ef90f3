package dev.gatehouse.control;

/**
 * Who wants something, and why.
 *
 * @param by the id of a key
 * @param reason as it was given, made fit for logs; empty: none
 */
record Wish(String by, String reason) {
  static final int LONGEST_REASON = 200;

  /**
   * A wish with a reason that can neither end a line nor speak to a terminal, nor turn the reading
   * direction.
   */
  static Wish of(String by, String reason) {
    return new Wish(by, fit(reason));
  }

  /** A text made fit for logs. */
  static String fit(String text) {
    StringBuilder fit = new StringBuilder(text.length());
    text.strip()
        .codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                fit.appendCodePoint(c);
              } else {
                fit.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            });
    return fit.toString();
  }

  /** The reason, or that there is none. */
  String reasonOrNone() {
    return reason.isEmpty() ? "no reason given" : reason;
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
