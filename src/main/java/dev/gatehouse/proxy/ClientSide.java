package dev.gatehouse.proxy;

import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The side of an exchange on which the client is: it gets one whole answer, an own answer, or a
 * visibly broken one, and then the exchange is over.
 *
 * <p>Once it is over, the container may use request and response for somebody else. Thread-safe.
 */
final class ClientSide {
  private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

  private final BoundRequest request;
  private final HttpServletResponse response;
  private final Exchange facts;
  private final Runnable ended;
  private final boolean http1;
  private final ClientConnection connection;
  private final @Nullable ClientBody body;
  private final Handback handback;
  private boolean over; // guarded by this, as is the response's head
  private long length; // of the body, as the backend states it
  private final Lookout lookout;
  private final ReentrantLock hinting = new ReentrantLock(); // may wait for the client; taken first
  private volatile @Nullable ClientStream stream;
  private final Others others = new Others(); // once the client has left

  /**
   * Makes the request asynchronous.
   *
   * @param ended called before the container hears of the end, or once others for whom it goes on
   *     have got theirs; it may be called again
   */
  ClientSide(
      BoundRequest request,
      HttpServletResponse response,
      @Nullable ClientBody body,
      Runnable ended) {
    this.request = request;
    this.response = response;
    this.body = body;
    this.ended = ended;
    this.facts = Exchange.of(request);
    this.http1 = request.getProtocol().startsWith("HTTP/1.");
    this.connection = ClientConnection.of(request);
    this.lookout = new Lookout(connection);
    this.handback = new Handback(request, response, body);
  }

  void listens(AsyncListener listener) {
    handback.listens(listener);
  }

  synchronized boolean isOver() {
    return over;
  }

  /** Whether a response is being passed on, so that it can only be finished or broken. */
  boolean isStreaming() {
    return stream != null;
  }

  /** Whether it is the client who does not take what there is. */
  boolean isReadingTooSlowly() {
    ClientStream writing = stream;
    return writing != null && writing.waitsForClient();
  }

  /** Passes the head of a response on, which {@code copy} fills in. */
  synchronized void begin(Response from, Consumer<HttpServletResponse> copy) {
    if (over) {
      throw new IllegalStateException("over");
    }
    copy.accept(response);
    length = from.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    connection.prepare(response);
    facts.journal().answeredByBackend();
  }

  /** Passes a 103 on; a client that can't be written to is found out by the answer. */
  void hint(HttpFields fields) {
    hinting.lock();
    try {
      synchronized (this) {
        if (!over && stream == null) {
          EarlyHints.send(fields, connection, request, response);
        }
      }
    } catch (IOException | UnfitException | RuntimeException e) {
      LOG.debug("no early hints", e);
    } finally {
      hinting.unlock();
    }
  }

  /** Who looks at all clients does not wait for it: a filter may have to think. */
  ClientStream newStream(Content.Source source, Runnable written, Predicate<Throwable> broken)
      throws IOException {
    hinting.lock();
    try {
      return begin(source, written, broken);
    } finally {
      hinting.unlock();
    }
  }

  private synchronized ClientStream begin(
      Content.Source source, Runnable written, Predicate<Throwable> broken) throws IOException {
    if (over) {
      throw new IllegalStateException("over");
    }
    ServletOutputStream output = response.getOutputStream();
    WholeBody whole = new WholeBody(connection, response, output, length);
    ClientStream next = new ClientStream(output, source, written, broken, facts.journal(), whole);
    stream = next;
    return next;
  }

  /** Ends the exchange; true for the one caller who has to carry it out. */
  private synchronized boolean finish() {
    boolean first = !over;
    over = true;
    if (first) {
      ended.run();
      tellStream(ClientStream::end);
    }
    return first;
  }

  private void tellStream(Consumer<ClientStream> what) {
    ClientStream writing = stream;
    if (writing != null) {
      what.accept(writing);
    }
  }

  /** The response is whole: closing says so to every filter's stream. */
  void succeed() {
    if (finish()) {
      handback.close("at the end");
    } else {
      othersEnd(Others::end);
    }
  }

  /**
   * Lets the client go, who has left, if others wait for the same answer; then it is passed on to
   * them, and must be ended as usual.
   *
   * @param known whether the container knows that it can't write to the client
   */
  boolean outlives(boolean known) {
    synchronized (this) {
      if (others.areThere()) {
        return true;
      }
      if (over || !others.take(stream)) {
        return false;
      }
      over = true; // and nobody looks at the client any more; it ends with the others
    }
    if (known) {
      handback.complete();
    } else { // one that can still read must not take what it has for the whole
      handback.breakOff(FailureStatus.REQUEST_TIMEOUT);
    }
    return true;
  }

  /** The rest will not come to them, if there are any. */
  void abandonOthers() {
    othersEnd(Others::abandon);
  }

  private void othersEnd(Consumer<Others> how) {
    if (others.areThere()) {
      try {
        how.accept(others);
      } finally {
        ended.run();
      }
    }
  }

  /** The container has given the client up, to which a filter's stream may still be writing. */
  void clientFailed(Throwable cause) {
    tellStream(writing -> writing.clientFailed(cause));
  }

  /** Ends without a whole response from a backend; with that status if it can be told. */
  void end(int status, OwnAnswer.Fields fields) {
    if (finish()) {
      if (isStreaming()) { // which nobody changes any more
        cut(status);
      } else {
        handback.answer(status, fields, http1);
      }
    }
  }

  /** Cuts the message, so that what is there of it does not look whole. */
  void breakOff(int statusIfNothingIsSent) {
    if (finish()) {
      cut(statusIfNothingIsSent);
    }
  }

  private void cut(int statusIfNothingIsSent) {
    tellStream(ClientStream::abandon);
    handback.breakOff(statusIfNothingIsSent);
  }

  /**
   * The response can't be written: the client has left, or what writes is broken.
   *
   * @return whether it is over with that; else others wait for the rest
   */
  boolean writingFailed(Throwable cause) {
    LOG.debug("the answer can't be written", cause);
    if (cause instanceof IOException || cause instanceof TimeoutException) {
      facts.journal().clientGone();
      if (outlives(cause instanceof IOException)) {
        return false;
      }
    }
    if (cause instanceof IOException) {
      abandon(); // the container knows, and has nobody to write to
    } else if (cause instanceof TimeoutException) { // Jetty's, for a client that reads no more
      breakOff(FailureStatus.ofClient(cause));
    } else {
      LOG.warn("the answer can't be written", cause); // no client does that
      breakOff(FailureStatus.of(cause));
    }
    return true;
  }

  /** Ends the exchange without an answer: nobody is there to read it. */
  void abandon() {
    if (finish()) {
      tellStream(ClientStream::abandon);
      handback.complete();
    }
  }

  /**
   * Whether the client has left; told once. Nobody else reads from its connection meanwhile: the
   * request is read, and the exchange can't end while this holds the lock. It waits for nobody.
   *
   * @param elsewhere does what may have to wait
   */
  boolean hasLeft(Executor elsewhere) throws UnfitException {
    if (!hinting.tryLock()) {
      return false; // who looks at all clients must not wait for one
    }
    try {
      if (!http1 && body != null && !isOver() && body.hasEndedUntold()) {
        elsewhere.execute(body::proceed);
      }
      return look() == ClientConnection.Look.GONE;
    } finally {
      hinting.unlock();
    }
  }

  private synchronized ClientConnection.Look look() throws UnfitException {
    boolean reading = http1 && handback.isReading(); // HTTP/2 is not read by a look
    return over || reading ? ClientConnection.Look.SILENT : lookout.look(stream);
  }
}
