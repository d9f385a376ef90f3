package dev.gatehouse.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A request whose {@code startAsync()} keeps the filters' response. The no-argument form would bind
 * the container's own response, and the body would be written past the cache and the compressor. It
 * has its exchange at hand, where containers look an attribute up in several places.
 */
public final class BoundRequest extends HttpServletRequestWrapper {
  private final HttpServletResponse response;
  private final Exchange exchange;

  public BoundRequest(HttpServletRequest request, HttpServletResponse response) {
    this(request, response, Exchange.of(request));
  }

  /** In place of the one that is bound to another response, if this is such a one. */
  BoundRequest(HttpServletRequest request, HttpServletResponse response, Exchange exchange) {
    super(
        request instanceof BoundRequest other ? (HttpServletRequest) other.getRequest() : request);
    this.response = response;
    this.exchange = exchange;
  }

  Exchange exchange() {
    return exchange;
  }

  @Override
  public AsyncContext startAsync() {
    exchange.asynchronous(); // before the start, since the end may come at any time after it
    AsyncContext context;
    try {
      context = startAsync(this, response);
    } catch (IllegalStateException e) { // a filter without async-supported, for one
      exchange.synchronous();
      throw e;
    }
    context.addListener(new Ending(exchange));
    return context;
  }

  /** Tells the exchange when the container has completed it. */
  private record Ending(Exchange exchange) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      exchange.done();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
