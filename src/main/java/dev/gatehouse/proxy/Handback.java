package dev.gatehouse.proxy;

import dev.gatehouse.servlet.BodyStream;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
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

  private final BoundRequest request;
  private final HttpServletResponse response;
  private final AsyncContext async;
  private final Exchange facts;
  private final @Nullable ClientBody body;

  /** Makes the request asynchronous, unless a filter has. */
  Handback(BoundRequest request, HttpServletResponse response, @Nullable ClientBody body) {
    this.request = request;
    this.response = response;
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

  /** The response is whole: closing says so to every filter's stream. */
  void close(String when) {
    try {
      BodyStream.end(response, this::complete, () -> breakOff(FailureStatus.REQUEST_TIMEOUT));
    } catch (IOException | RuntimeException e) {
      facts.journal().clientGone();
      LOG.debug("client went away {}", when, e);
      complete();
    }
  }

  /** An answer of our own is all that the client gets. */
  void answer(int status, OwnAnswer.Fields fields, boolean http1) {
    boolean closes = http1 && isReading();
    try {
      OwnAnswer.send(
          request,
          response,
          status,
          own -> {
            fields.addTo(own);
            if (closes) { // what is left of the body must not be taken for a request
              own.setHeader("Connection", "close");
            }
          });
    } catch (IOException | RuntimeException e) {
      facts.journal().clientGone();
      LOG.debug("client went away before it was answered {}", status, e);
      complete();
      return;
    }
    close("before it was answered");
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

  /**
   * Back to {@link ReverseProxyServlet}, where a message that is not whole is cut.
   *
   * @param status if nothing of it has gone out
   */
  void breakOff(int status) {
    facts.brokenOff(status);
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
