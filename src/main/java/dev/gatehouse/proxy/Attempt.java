package dev.gatehouse.proxy;

import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
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
  private final AtomicInteger open = new AtomicInteger(2); // the response's end, the written body
  private final AtomicBoolean completed = new AtomicBoolean();
  private volatile boolean answered;
  private volatile int status;

  Attempt(ProxyExchange exchange, Lease lease, @Nullable ClientBody body) {
    this.exchange = exchange;
    this.lease = lease;
    this.body = body;
    this.request = exchange.newRequest(lease.upstream());
  }

  void send(HttpFields head, String host) {
    request.headers(fields -> fields.clear().add(head).put(HttpHeader.HOST, host));
    request.timeout(exchange.timeouts().totalTimeout().toMillis(), TimeUnit.MILLISECONDS);
    request.idleTimeout(exchange.timeouts().responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
    if (body != null) {
      Request.Content content = body.forAttempt();
      if (content.getLength()
          < 0) { // else Jetty sends no body with methods other than POST and PUT
        request.headers(fields -> fields.put(HttpHeader.TRANSFER_ENCODING, "chunked"));
      }
      request.body(content);
    }
    request.send(this);
  }

  /** Gives the try up. */
  void abort(Throwable cause) {
    var unused = request.abort(cause); // onComplete says what came of it
  }

  private void writingFailed(Throwable cause) {
    exchange.writingFailed(cause);
    abort(cause);
  }

  @Override
  public void onHeaders(Response response) {
    if (isInterim(response)) { // 101, which we never ask for, or one whose head broke off
      abort(new ProtocolException("status " + response.getStatus()));
      return;
    }
    answered = true;
    status = response.getStatus();
    try {
      if (request.getConnection() instanceof Connection connection) {
        // from now on it is the pause between two reads that counts, not the wait for an answer
        connection.getEndPoint().setIdleTimeout(exchange.timeouts().idleTimeout().toMillis());
      }
      exchange.begin(response, lease.upstream());
    } catch (RuntimeException e) {
      abort(e); // the container has ended the exchange under our feet
    }
  }

  @Override
  public void onContentSource(Response response, Content.Source source) {
    if (isInterim(response)) {
      return;
    }
    if (response.getStatus() == RESET_CONTENT) {
      reset(source);
      return;
    }
    try {
      exchange.newStream(source, this::proceed, this::writingFailed).start();
    } catch (IOException | RuntimeException e) {
      abort(e);
    }
  }

  /** RFC 9110 §15.3.6: it has no content. If there is any, connection and backend are not whole. */
  private void reset(Content.Source source) {
    Content.Chunk first = source.read();
    boolean empty =
        first != null && !Content.Chunk.isFailure(first) && first.isLast() && !first.hasRemaining();
    if (first != null) {
      first.release();
    }
    if (empty) {
      proceed();
    } else {
      exchange.succeed();
      abort(new ProtocolException("content of a 205"));
    }
  }

  @Override
  public void onSuccess(Response response) {
    if (!isInterim(response)) {
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
    exchange.succeed();
  }

  @Override
  public void onComplete(Result result) {
    if (!completed.compareAndSet(false, true)) {
      return; // Jetty's client tells it twice when an interim response's head breaks off
    }
    lease.close(answered ? Ending.answered(status, 0) : Ending.reset());
    if (result.isSucceeded() || open.get() == 0) {
      return; // the end comes, or came, from proceed()
    }
    Throwable failure = result.getResponseFailure();
    if (failure == null) {
      if (open.get() == 1) {
        return; // the response is whole; only writing it to the client goes on
      }
      failure = result.getRequestFailure();
    }
    Throwable clients = body == null ? null : body.failure();
    if (clients != null) {
      exchange.readingFailed(clients);
    } else {
      exchange.fail(
          lease.upstream(), failure, request.isSending(), answered, body != null && body.isRead());
    }
  }
}
