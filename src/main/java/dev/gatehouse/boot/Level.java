package dev.gatehouse.boot;

import java.util.Optional;

/** The three numbers that versions of containers begin with. */
record Level(int major, int minor, int patch) {
  private static final int NUMBERS = 3;
  private static final int MOST_DIGITS = 9; // an int

  /** {@code 11.0.0} of {@code 11.0.0-M26}; empty if there are not three at the start. */
  static Optional<Level> of(String text) {
    int[] numbers = new int[NUMBERS];
    int at = 0;
    for (int i = 0; i < NUMBERS; i++) {
      int end = at;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      boolean last = i == NUMBERS - 1;
      boolean dotted = end < text.length() && text.charAt(end) == '.';
      if (end == at || end - at > MOST_DIGITS || (!last && !dotted)) {
        return Optional.empty();
      }
      numbers[i] = Integer.parseInt(text, at, end, 10);
      at = end + 1;
    }
    return Optional.of(new Level(numbers[0], numbers[1], numbers[2]));
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
