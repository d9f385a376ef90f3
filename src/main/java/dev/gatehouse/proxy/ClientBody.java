package dev.gatehouse.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The client's body, read only when a backend's connection asks for it, so that it is whole for the
 * next backend after a failed connect. One chunk is under way at a time; client and container
 * threads take turns.
 */
final class ClientBody implements ReadListener {
  private final ServletInputStream input;
  private final long length;
  private byte @Nullable [] buffer;
  private boolean listening;
  private volatile boolean read;
  private volatile boolean finished;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Runnable demand;

  /**
   * @param length bytes, or -1 if unknown
   * @param bufferSize bytes read at a time
   */
  ClientBody(ServletInputStream input, long length, int bufferSize) {
    this.input = input;
    this.length = length;
    this.buffer = new byte[length < 0 ? bufferSize : (int) Math.min(length, bufferSize)];
  }

  /** Whether any byte was taken. */
  boolean isRead() {
    return read;
  }

  /** Whether the last byte was taken. */
  boolean isFinished() {
    return finished;
  }

  /** Why the client's side failed; null if it did not. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** The body for one attempt. That attempt's failure is not the body's. */
  Request.Content forAttempt() {
    return new View();
  }

  @Override
  public void onDataAvailable() {
    proceed();
  }

  @Override
  public void onAllDataRead() {
    proceed();
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    proceed();
  }

  private void proceed() {
    Runnable waiting = demand;
    demand = null;
    if (waiting != null) {
      waiting.run();
    }
  }

  private Content.@Nullable Chunk next() {
    Throwable cause = failure;
    if (cause != null) {
      return Content.Chunk.from(cause, true);
    }
    if (finished) {
      return Content.Chunk.EOF;
    }
    byte[] into = buffer;
    if (!listening || into == null) {
      return null; // nobody has asked yet, or the last chunk is not sent yet
    }
    try {
      while (input.isReady()) {
        int bytes = input.read(into);
        if (bytes < 0) {
          finished = true;
          return Content.Chunk.EOF;
        }
        if (bytes > 0) {
          read = true;
          buffer = null;
          return Content.Chunk.from(
              ByteBuffer.wrap(into, 0, bytes), false, ignored -> buffer = into);
        }
      }
      return null;
    } catch (IOException e) {
      failure = e;
      return Content.Chunk.from(e, true);
    }
  }

  private void demand(Runnable ready) {
    demand = ready;
    if (!listening) {
      listening = true;
      input.setReadListener(this); // calls back as soon as there is something
    } else if (finished || failure != null || input.isReady()) {
      proceed();
    }
  }

  /** What one attempt sees. */
  private final class View implements Request.Content {
    @Override
    public @Nullable String getContentType() {
      return null; // the client's Content-Type is copied with the other fields
    }

    @Override
    public long getLength() {
      return length;
    }

    @Override
    public Content.@Nullable Chunk read() {
      return next();
    }

    @Override
    public void demand(Runnable ready) {
      ClientBody.this.demand(ready);
    }

    @Override
    public void fail(Throwable cause) {
      demand = null; // the attempt is over; the body waits for the next one or for the end
    }
  }
}
