package dev.gatehouse.dns;

import java.util.function.Consumer;

/** A way to ask what a name means. Implementations are thread-safe and bounded in time. */
public interface Lookup {
  /**
   * Asks, and does not wait for the answer.
   *
   * @param done called exactly once, on any thread, even before this method returns
   */
  void ask(String host, Consumer<Answer> done);
}
