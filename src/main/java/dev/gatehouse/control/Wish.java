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
    StringBuilder fit = new StringBuilder(reason.length());
    reason
        .strip()
        .codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                fit.appendCodePoint(c);
              } else {
                fit.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            });
    return new Wish(by, fit.toString());
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
