package dev.gatehouse.proxy;

import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.UnfitException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's body, read only when a backend's connection asks for it, so that it is whole for the
 * next backend after a failed connect. One chunk is under way at a time; client and container
 * threads take turns.
 */
final class ClientBody implements ReadListener {
  private static final Logger LOG = LoggerFactory.getLogger(ClientBody.class);

  private final HttpServletRequest request;
  private final Object reading = new Object();
  private final long length;
  private final ClientConnection client;
  private final boolean http2;
  private final long most;
  private byte @Nullable [] buffer;
  private long soFar;
  private volatile @Nullable ServletInputStream input; // null: nobody has asked yet
  private volatile boolean read;
  private volatile boolean finished;
  private volatile @Nullable Throwable failure;
  private final AtomicReference<@Nullable Runnable> demand = new AtomicReference<>();

  /**
   * @param request the container's own
   * @param most bytes that it may have; zero: any number
   * @param bufferSize bytes read at a time
   */
  ClientBody(HttpServletRequest request, ClientConnection client, long most, int bufferSize) {
    this.request = request;
    this.client = client;
    this.http2 = request.getProtocol().startsWith("HTTP/2");
    this.length = request.getContentLengthLong();
    this.most = most == 0 ? Long.MAX_VALUE : most;
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

  /** Bytes that were taken. */
  long taken() {
    synchronized (reading) {
      return soFar;
    }
  }

  /** Why the client's side failed; null if it did not. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Stops reading; after that the container may take the stream away. */
  void end(Throwable cause) {
    synchronized (reading) {
      failure = cause;
    }
  }

  /**
   * Goes on if the end has come and nobody has said so; to be called from time to time. Tomcat does
   * not, if trailers end an HTTP/2 body of which all else was read.
   */
  void lookForEnd() {
    boolean ended;
    synchronized (reading) {
      ServletInputStream from = input;
      ended = from != null && failure == null && !finished && from.isFinished();
    }
    if (ended) {
      proceed();
    }
  }

  /** The body for one attempt. That attempt's failure is not the body's. */
  Request.Content forAttempt() {
    return new View();
  }

  @Override
  public void onDataAvailable() {
    proceed();
  }

  /**
   * On Tomcat and Undertow the only sign of the end, if there is no length: a stream that has ended
   * is never ready. Undertow may call this from within isReady; then who asked that goes on.
   */
  @Override
  public void onAllDataRead() {
    finished = true;
    if (!Thread.holdsLock(reading)) {
      proceed();
    }
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    proceed();
  }

  private void proceed() {
    Runnable waiting = demand.getAndSet(null); // two threads may be here; one of them goes on
    if (waiting != null) {
      waiting.run();
    }
  }

  private Content.@Nullable Chunk next() {
    synchronized (reading) { // not to read on while end() gives the stream back
      Throwable cause = failure;
      if (cause != null) {
        return Content.Chunk.from(cause, true);
      }
      ServletInputStream from = input;
      byte[] into = buffer;
      try {
        if (finished) {
          return end();
        }
        // null: nobody has asked yet, or the last chunk is not sent yet
        return from == null || into == null ? null : read(from, into);
      } catch (IOException e) {
        failure = e;
        return Content.Chunk.from(e, true);
      }
    }
  }

  private Content.@Nullable Chunk read(ServletInputStream from, byte[] into) throws IOException {
    while (!from.isFinished() && from.isReady()) {
      int bytes = from.read(into);
      if (bytes < 0) {
        finished = true;
        break;
      }
      if (bytes > 0) {
        read = true;
        buffer = null;
        soFar += bytes;
        if (soFar > most) {
          throw new BodyTooLargeException();
        }
        if (length >= 0 && soFar > length) { // Undertow does not compare them (RFC 9113 §8.1.1)
          throw new IOException("more bytes than Content-Length says");
        }
        finished = soFar == length; // the container may tell later than the backend answers
        return Content.Chunk.from(
            ByteBuffer.wrap(into, 0, bytes), finished, ignored -> buffer = into);
      }
    }
    if (finished || from.isFinished()) {
      finished = true;
      return end();
    }
    return null;
  }

  /** On Tomcat a stream that was reset has ended, too (RFC 9113 §8.1.1). */
  private Content.Chunk end() throws IOException {
    if (length >= 0 && soFar < length) {
      throw new EOFException("fewer bytes than Content-Length says");
    }
    if (length < 0 && http2 && client.hasReset()) {
      throw new EOFException("the stream was reset");
    }
    return Content.Chunk.EOF;
  }

  private void demand(Runnable ready) {
    demand.set(ready);
    ServletInputStream open = input;
    ServletInputStream from = open == null ? open() : open;
    boolean now;
    synchronized (reading) {
      // isReady first, as it asks to be told; what has ended already Tomcat tells nobody
      now =
          failure != null
              || finished
              || from == null
              || (open != null && from.isReady())
              || from.isFinished();
    }
    if (now) {
      proceed();
    }
  }

  /** Only now: Jetty takes the asking for the stream as an invitation (RFC 9110 §10.1.1). */
  private @Nullable ServletInputStream open() {
    try {
      client.invite();
    } catch (UnfitException e) {
      LOG.debug("a client that waits to be asked for its body may wait in vain", e);
    }
    try {
      ServletInputStream from = request.getInputStream();
      input = from;
      from.setReadListener(this); // calls back as soon as there is something
      return from;
    } catch (IOException e) {
      failure = e;
      return null;
    }
  }

  /** What one attempt sees. */
  private final class View implements Request.Content {
    private volatile @Nullable Runnable own;

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
      own = ready;
      ClientBody.this.demand(ready);
    }

    @Override
    public void fail(Throwable cause) {
      demand.compareAndSet(
          own, null); // the attempt is over; the body waits for the next one or for the end
    }
  }
}
