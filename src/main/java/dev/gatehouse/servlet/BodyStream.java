package dev.gatehouse.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
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

  /**
   * The same where the message must not look whole.
   *
   * @param cut called in place of {@code then} if bytes are missing and the container may not know
   */
  public void end(Runnable then, Runnable cut) throws IOException {
    end(then);
  }

  /** The same for the stream of any response. */
  public static void end(HttpServletResponse response, Runnable then) throws IOException {
    end(response, then, then);
  }

  /** The same for the stream of any response. */
  public static void end(HttpServletResponse response, Runnable then, Runnable cut)
      throws IOException {
    ServletOutputStream stream = response.getOutputStream();
    if (response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED) {
      response.flushBuffer(); // at the end Jetty would state a length of zero (RFC 9110 §8.6)
    }
    if (stream instanceof BodyStream own) {
      own.end(then, cut);
    } else {
      stream.close();
      then.run();
    }
  }

  /** Says that the rest of the body will never come. */
  public void abandon() {}

  /** Says that this body is not the client's any more: another answer comes. */
  public void drop() {
    abandon();
  }

  /**
   * The client has left. Whether to go on nevertheless, for others; then nothing reaches the client
   * any more, others set the pace, and the stream is ended or abandoned as usual.
   */
  public boolean outliveClient() {
    return false;
  }

  /** The container has given the client up, after the end of the body. */
  public void clientFailed(Throwable cause) {}

  /** Keeps it from writing to the client by itself until {@link #letGo}; false if it is writing. */
  public boolean hold() {
    return true;
  }

  /** It may write again. */
  public void letGo() {}
}
