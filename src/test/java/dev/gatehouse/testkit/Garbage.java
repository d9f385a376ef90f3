package dev.gatehouse.testkit;

import java.util.random.RandomGenerator;

/** Texts that nobody thought of. */
public final class Garbage {
  private Garbage() {}

  /** At most so many characters, all of the alphabet. */
  public static String of(RandomGenerator random, String alphabet, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** One of them. */
  @SafeVarargs
  public static <T> T oneOf(RandomGenerator random, T... all) {
    return all[random.nextInt(all.length)];
  }
}
