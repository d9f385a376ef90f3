package dev.gatehouse.proxy;

import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the container gets request and response back, while nobody reads from the request any more.
 * Called once, by who ends the exchange.
 */
final class Handback {
  private static final Logger LOG = LoggerFactory.getLogger(Handback.class);

  private final AsyncContext async;
  private final Exchange facts;
  private final @Nullable ClientBody body;

  /** Makes the request asynchronous, unless a filter has. */
  Handback(BoundRequest request, @Nullable ClientBody body) {
    this.facts = Exchange.of(request);
    this.body = body;
    if (request.isAsyncStarted()) {
      this.async = request.getAsyncContext(); // Undertow lets nobody set its time-out any more
    } else {
      this.async = request.startAsync();
      async.setTimeout(0); // the client's timeouts rule
    }
  }

  void listens(AsyncListener listener) {
    async.addListener(listener);
  }

  /** Whether the request's body is not at its end, so that somebody may be reading from it. */
  boolean isReading() {
    return body != null && !body.isFinished();
  }

  /** Says the end itself: Jetty tells no listener when it aborts a message that is too short. */
  void complete() {
    letGoOfBody();
    facts.done();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("the container had ended it already", e);
    }
  }

  /** Back to {@link ReverseProxyServlet}, where a message that is not whole is cut. */
  void breakOff() {
    letGoOfBody();
    try {
      async.dispatch("/");
    } catch (IllegalStateException e) {
      facts.done();
      LOG.debug("the container had ended it already", e);
    }
  }

  private void letGoOfBody() {
    if (body != null && !body.isFinished()) {
      body.end(new IOException("the exchange is over"));
    }
  }
}
