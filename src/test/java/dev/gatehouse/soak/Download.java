package dev.gatehouse.soak;

import java.io.IOException;

/** An answer that is read as slowly as its reader likes. */
interface Download extends AutoCloseable {
  /** Reads about 16 kB of the body, and returns how much it was; -1 at the end. */
  int read() throws IOException;

  @Override
  void close() throws IOException;
}
