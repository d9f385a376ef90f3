package dev.gatehouse.servlet;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;

/** A filter's stream, which may have something to write when the body has ended. */
public abstract class BodyStream extends ServletOutputStream {
  /**
   * Closes the stream, which says that the body is whole.
   *
   * @param then called once, on any thread, when the last byte is with the container, or will never
   *     be
   * @throws IOException if the client can't be written to; {@code then} is not called
   */
  public abstract void end(Runnable then) throws IOException;

  /** The same for any stream. */
  public static void end(ServletOutputStream stream, Runnable then) throws IOException {
    if (stream instanceof BodyStream own) {
      own.end(then);
    } else {
      stream.close();
      then.run();
    }
  }

  /** Says that the rest of the body will never come. */
  public void abandon() {}

  /**
   * The client has left. Whether to go on nevertheless, for others; then nothing reaches the client
   * any more, the stream is always ready, and is ended or abandoned as usual.
   */
  public boolean outliveClient() {
    return false;
  }
}
