package dev.gatehouse.sample;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was started, last first, whoever comes first: the program's end or a signal.
 *
 * <p>Thread-safe; nothing can be started once it has begun, so nothing is left behind.
 */
final class Teardown implements AutoCloseable {
  private final Deque<AutoCloseable> kept = new ArrayDeque<>();
  private volatile boolean closed;

  /** Starts something that will have to be closed. */
  interface Start<T extends AutoCloseable> {
    T get() throws IOException;
  }

  synchronized <T extends AutoCloseable> T keep(Start<T> start) throws IOException {
    if (closed) {
      throw new IOException("ending already");
    }
    T started = start.get();
    kept.push(started);
    return started;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      while (!kept.isEmpty()) {
        try {
          kept.pop().close();
        } catch (Exception e) {
          System.err.println("Left running: " + e.getMessage());
        }
      }
    }
  }
}
