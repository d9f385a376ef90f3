package dev.gatehouse.proxy;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.BodyStream;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Closing;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Forwards requests to a backend of their route: the servlet's, and those that a filter held. */
public final class Forwarding implements FilterChain {
  private final Map<String, Forwarder> forwarders;
  private final Closing closing;

  public Forwarding(Routes routes, Closing closing) {
    this.forwarders = routes.forwarders();
    this.closing = closing;
  }

  /** Forwards a request on any thread, with the body that a filter has read from, if one has. */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response) throws IOException {
    HttpServletRequest asked = (HttpServletRequest) request;
    boolean goesOn =
        forward(asked, (HttpServletResponse) response, mostKept -> ClientBodies.held(asked));
    if (!goesOn && request.isAsyncStarted()) { // no container waits for this thread to return
      AsyncContext async = request.getAsyncContext();
      BodyStream.end(
          (HttpServletResponse) response,
          () -> {
            Exchange.of(request).done();
            async.complete();
          });
    }
  }

  /**
   * The fields that a backend gets of a request, but Host, and what of them is for one connection:
   * what answers may vary by.
   */
  public Fields sent(HttpServletRequest request) {
    Exchange exchange = Exchange.of(request);
    Forwarder forwarder = forwarders.get(exchange.route().id());
    if (forwarder == null) {
      return Fields.NONE; // it is not forwarded
    }
    return BackendHead.of(request, exchange, forwarder).fields();
  }

  /** Makes the body of a request. */
  interface BodyOf {
    /**
     * The body; null if there is none.
     *
     * @param mostKept bytes that are kept for another try
     * @throws IOException if the client is gone
     */
    @Nullable ClientBody make(int mostKept) throws IOException;
  }

  /**
   * Forwards a request, or answers it where that can't be.
   *
   * @return whether it has been forwarded, so that it goes on without this thread
   */
  boolean forward(HttpServletRequest request, HttpServletResponse response, BodyOf bodyOf)
      throws IOException {
    Exchange exchange = Exchange.of(request);
    if (!closing.takesRequests()) {
      boolean http1 = request.getProtocol().startsWith("HTTP/1.");
      OwnAnswer.send(
          request,
          response,
          FailureStatus.UNAVAILABLE,
          own -> {
            if (http1) {
              own.setHeader("Connection", "close"); // RFC 9113 §8.2.2: not in HTTP/2
            }
          });
      return false;
    }
    ProxyConfig.Route route = exchange.route();
    Optional<String> path = TargetUri.map(request.getRequestURI(), route.prefix());
    Forwarder forwarder = forwarders.get(route.id());
    if (path.isEmpty() || forwarder == null) {
      OwnAnswer.send(request, response, HttpServletResponse.SC_NOT_FOUND);
      return false;
    }
    ClientBody body;
    try {
      body = bodyOf.make(forwarder.retry().bufferSize());
    } catch (IOException e) { // the client is gone
      exchange.journal().clientGone();
      OwnAnswer.send(request, response, HttpServletResponse.SC_BAD_REQUEST);
      return false;
    }
    BoundRequest bound = new BoundRequest(request, response);
    var next = new ProxyExchange(forwarder, bound, response, path.get(), body);
    if (body == null) {
      next.forward();
      return true;
    }
    body.ownedBy(Thread.currentThread(), forwarder.client().getExecutor());
    try {
      next.forward();
    } finally {
      body.disown();
    }
    return true;
  }
}
