package dev.gatehouse.metrics;

import java.io.IOException;

/** Where lines go. Used by one thread. */
interface LineSink extends AutoCloseable {
  /**
   * Writes a line and its end. It may take any time.
   *
   * @throws IOException if it is not written; the same line may be given again
   */
  void write(String line) throws IOException;

  @Override
  void close();
}
