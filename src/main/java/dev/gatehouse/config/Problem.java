package dev.gatehouse.config;

/**
 * One thing that is wrong in the configuration, in words that may be logged.
 *
 * @param source where the value came from; empty: from nowhere, the parameter is missing
 * @param name of the parameter, or what was written if there is no such parameter
 * @param value as far as it may be shown; empty: not shown
 * @param reason what is wrong and what would be right
 */
public record Problem(String source, String name, String value, String reason) {
  private static final int LONGEST = 200;

  public Problem {
    value = printable(value);
    name = printable(name);
  }

  /** The name, then {@code = value} and {@code (source)} where there are such, then the reason. */
  @Override
  public String toString() {
    return name
        + (value.isEmpty() ? "" : " = " + value)
        + (source.isEmpty() ? "" : " (" + source + ")")
        + ": "
        + reason;
  }

  /**
   * The text without what may be a user and password: what stands before an {@code @}, back to the
   * {@code ://} before it or to the start. It hides too much rather than too little, since a
   * password may itself hold any character.
   */
  static String withoutUserInfo(String text) {
    var shown = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      int next = text.indexOf("://", from);
      int to = next < 0 ? text.length() : next + 3;
      String part = text.substring(from, to);
      int at = part.lastIndexOf('@');
      shown.append(at < 0 ? part : Secret.MASK + part.substring(at));
      from = to;
    }
    return shown.toString();
  }

  /** One line, not too long. */
  private static String printable(String text) {
    String line =
        text.strip()
            .codePoints()
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
