package dev.gatehouse.proxy;

import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import dev.gatehouse.config.PoolConfig.RetryOn;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * One try of an exchange at one backend. Jetty's client calls it from one thread at a time; the
 * container's thread reports the written body.
 */
final class Attempt implements Response.Listener {
  private static final int FIRST_FINAL_STATUS = 200; // RFC 9110 §15.2
  private static final int RESET_CONTENT = 205;

  private final ProxyExchange exchange;
  private final Lease lease;
  private final UpstreamRequest request;
  private final @Nullable ClientBody body;
  private final long startNanos;
  private final AtomicInteger open = new AtomicInteger(2); // the response's end, the written body
  private final AtomicBoolean completed = new AtomicBoolean();
  private volatile boolean answered;
  private volatile boolean givenUp;
  private volatile int status;
  private volatile long headNanos;
  private volatile boolean replaced; // its answer, by that of another backend

  Attempt(ProxyExchange exchange, Lease lease, UpstreamRequest request, @Nullable ClientBody body) {
    this.exchange = exchange;
    this.lease = lease;
    this.request = request;
    this.body = body;
    this.startNanos = exchange.nanoTime();
  }

  /**
   * How a try failed.
   *
   * @param why null: for a reason that has nothing to do with the backend
   * @param answered whether a response was being passed on
   * @param untouched whether not one byte went out
   * @param pooled whether the connection had served others before, and broke without a word
   */
  record Failure(
      Throwable cause,
      @Nullable RetryOn why,
      boolean answered,
      boolean untouched,
      boolean pooled,
      Ending ending) {}

  void send() {
    if (body != null) {
      Request.Content content = body.forAttempt();
      if (content.getLength() < 0) { // else Jetty sends no body but with POST and PUT
        request.headers(fields -> fields.put(HttpHeader.TRANSFER_ENCODING, "chunked"));
      }
      request.body(content);
    }
    request.send(this);
    request.abortIfItWasMissed();
  }

  /** Gives the try up. */
  void abort(Throwable cause) {
    givenUp = true;
    refuse(cause);
  }

  /** What the backend does is not to be borne. */
  private void refuse(Throwable cause) {
    var unused = request.abort(cause); // onComplete says what came of it
  }

  private boolean writingFailed(Throwable cause) {
    boolean over = exchange.client().writingFailed(cause);
    if (over) {
      exchange.client().abandonOthers(); // nobody writes any more
      abort(cause);
    }
    return over;
  }

  @Override
  public void onHeaders(Response response) {
    if (isInterim(response)) { // 101, which we never ask for, or one whose head broke off
      refuse(new ProtocolException("status " + response.getStatus()));
      return;
    }
    status = response.getStatus();
    headNanos = exchange.nanoTime() - startNanos;
    if (exchange.prefersAnother(status, lease.upstream())) {
      replaced = true;
      refuse(new IOException("status " + status + ", and there is another backend"));
      return;
    }
    answered = true;
    if (body != null) {
      body.forget();
    }
    try {
      request.headIsThere();
      exchange.begin(response, lease.upstream());
    } catch (RuntimeException e) {
      abort(e); // the container has ended the exchange under our feet
    }
  }

  @Override
  public void onContentSource(Response response, Content.Source source) {
    if (isInterim(response) || replaced) {
      return;
    }
    if (response.getStatus() == RESET_CONTENT) {
      reset(source);
      return;
    }
    try {
      exchange.client().newStream(source, this::proceed, this::writingFailed).start();
    } catch (IOException | RuntimeException e) {
      abort(e);
    }
  }

  /** RFC 9110 §15.3.6: it has no content. If there is any, connection and backend are not whole. */
  private void reset(Content.Source source) {
    Content.Chunk first = source.read();
    if (first == null) { // the last chunk, of no bytes, may come in a packet of its own
      exchange.client().succeed(); // who needs not wait for it
      source.demand(() -> reset(source));
      return;
    }
    boolean empty = !Content.Chunk.isFailure(first) && first.isLast() && !first.hasRemaining();
    first.release();
    if (empty) {
      proceed();
    } else {
      exchange.client().succeed();
      refuse(new ProtocolException("content of a 205"));
    }
  }

  @Override
  public void onSuccess(Response response) {
    if (!isInterim(response) && !replaced) {
      proceed();
    }
  }

  private static boolean isInterim(Response response) {
    return response.getStatus() < FIRST_FINAL_STATUS;
  }

  /** Counts one of the two things that must have happened before the response is over. */
  private void proceed() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    if (body != null && !body.isFinished()) {
      // the answer came early: stop reading before the container takes the request away
      IOException enough = new IOException("answered before the request was read");
      body.end(enough);
      abort(enough);
    }
    exchange.client().succeed();
  }

  @Override
  public void onComplete(Result result) {
    if (!completed.compareAndSet(false, true)) {
      return; // Jetty's client tells it twice when an interim response's head breaks off
    }
    Throwable failure = failure(result);
    if (failure == null) {
      lease.close(Ending.answered(status, headNanos));
      return; // the end comes, or came, from proceed()
    }
    Throwable clients = body == null ? null : body.isStalled() ? failure : body.failure();
    if (clients != null) {
      lease.close(answered || replaced ? Ending.answered(status, headNanos) : Ending.cancelled());
      exchange.readingFailed(clients);
    } else if (replaced) {
      lease.close(Ending.answered(status, headNanos));
      exchange.goOn(status);
    } else {
      RetryOn why = givenUp ? null : why(failure);
      if (why == RetryOn.TIMEOUT && exchange.client().isReadingTooSlowly()) {
        why = null; // nobody has read from the backend meanwhile
      }
      if (failure instanceof TimeoutException && isCutShort()) {
        why = null;
      }
      exchange.fail(
          lease,
          new Failure(
              failure, why, answered, request.isUntouched(), request.isPooled(), ending(why)));
    }
  }

  /** Null if the response is whole; it may still be on its way to the client. */
  private @Nullable Throwable failure(Result result) {
    if (result.isSucceeded() || open.get() == 0) {
      return null;
    }
    Throwable failure = result.getResponseFailure();
    if (failure != null) {
      return failure;
    }
    return open.get() == 1 ? null : result.getRequestFailure();
  }

  private @Nullable RetryOn why(Throwable failure) {
    boolean late = failure instanceof TimeoutException || failure instanceof SocketTimeoutException;
    boolean broken =
        failure instanceof IOException
            || failure instanceof HttpResponseException // a broken head, too
            || failure instanceof UnresolvedAddressException
            || failure instanceof RejectedExecutionException; // too many wait for a connection
    if (request.isUntouched() && (late || broken)) {
      return RetryOn.CONNECT;
    }
    return late ? RetryOn.TIMEOUT : broken ? RetryOn.RESET : null;
  }

  private boolean isCutShort() {
    return RetryPolicy.isCutShort(
        exchange.isTimeUp(), answered, request.waitedNanos(), request.patienceNanos());
  }

  private Ending ending(@Nullable RetryOn why) {
    if (why == null) {
      return answered ? Ending.answered(status, headNanos) : Ending.cancelled();
    }
    return switch (why) {
      case CONNECT ->
          request.isSending() && request.isPooled() ? Ending.cancelled() : Ending.connectFailed();
      case TIMEOUT -> Ending.timedOut();
      default -> Ending.reset();
    };
  }
}
