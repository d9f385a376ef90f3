package dev.gatehouse.proxy;

import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.UnfitException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container's input stream, opened only when somebody wants the body: Jetty takes the opening
 * for an invitation (RFC 9110 §10.1.1).
 */
final class LateInput {
  private static final Logger LOG = LoggerFactory.getLogger(LateInput.class);

  private static final long PATIENCE_MILLIS = 500;

  private final Opening opening;
  private final long length;
  private final BooleanSupplier reset;
  private final ReentrantLock inUse = new ReentrantLock();
  private volatile @Nullable Thread owner; // the container's, while it is in the request
  private volatile Executor elsewhere = Runnable::run;
  private volatile boolean closed;
  private volatile @Nullable ServletInputStream stream;

  /** Gets the stream. */
  interface Opening {
    ServletInputStream open() throws IOException;
  }

  /**
   * @param length bytes, or -1 if unknown
   * @param reset whether the client has given up a body of unknown length
   */
  LateInput(Opening opening, long length, BooleanSupplier reset) {
    this.opening = opening;
    this.length = length;
    this.reset = reset;
  }

  /**
   * @param request the container's own
   */
  static LateInput of(HttpServletRequest request) {
    ClientConnection client = ClientConnection.of(request);
    boolean http2 = request.getProtocol().startsWith("HTTP/2");
    return new LateInput(
        () -> invited(client, request),
        request.getContentLengthLong(),
        http2 ? client::hasReset : () -> false);
  }

  /** One that nobody can open any more. */
  static LateInput readAlready(long length) {
    LateInput none =
        new LateInput(
            () -> {
              throw new IOException("it was read already");
            },
            length,
            () -> false);
    none.closed = true;
    return none;
  }

  private static ServletInputStream invited(ClientConnection client, HttpServletRequest request)
      throws IOException {
    try {
      client.invite();
    } catch (UnfitException | RuntimeException e) {
      LOG.debug("a client that waits to be asked for its body may wait in vain", e);
    }
    return request.getInputStream();
  }

  /**
   * Has the stream opened by this thread while it is in the request, or by others that are in none:
   * Tomcat keeps a lock for each thread that is in a request, and who comes from another one would
   * wait for it. Jetty's client sends one request from the thread of another.
   */
  void ownedBy(Thread thread, Executor others) {
    elsewhere = others;
    owner = thread;
  }

  /** The thread leaves the request. */
  void disown() {
    owner = null;
  }

  /** Runs what may open the stream, on a thread that may. */
  void onRightThread(Runnable work) {
    if (Thread.currentThread().equals(owner)) {
      work.run();
    } else {
      elsewhere.execute(work);
    }
  }

  /** Bytes that are announced, or -1. */
  long length() {
    return length;
  }

  /** Null: not opened yet. */
  @Nullable ServletInputStream stream() {
    return stream;
  }

  /**
   * Asks for the body, if it is neither closed nor open, as another try's thread may be at it; the
   * listener is told when there is something.
   *
   * @return whether this has opened it
   */
  boolean open(ReadListener listener) throws IOException {
    inUse.lock();
    try {
      if (closed || stream != null) {
        return false;
      }
      ServletInputStream opened = opening.open();
      stream = opened;
      opened.setReadListener(listener);
      return true;
    } finally {
      inUse.unlock();
    }
  }

  /**
   * From now on nobody opens it. Waits for who does so just now, but not for ever: on Tomcat they
   * may need the connection's lock, which a container's thread that comes here has.
   */
  void close() {
    closed = true;
    try {
      if (inUse.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        inUse.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Fails if the end that the stream shows is none: on Tomcat a stream that was reset has ended.
   *
   * @param read bytes until then
   */
  void checkEnd(long read) throws IOException {
    if (length >= 0 && read < length) {
      throw new EOFException("fewer bytes than Content-Length says");
    }
    if (length < 0 && reset.getAsBoolean()) { // RFC 9113 §8.1.1
      throw new EOFException("the stream was reset");
    }
  }
}
