package dev.gatehouse.metrics;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Forwarding;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeIds;
import dev.gatehouse.servlet.Parts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the exchange: settles its name and the client's address for all behind it; counts and logs
 * the end.
 */
public final class ExchangeFilter extends HttpFilter {
  private transient ProxyConfig config;
  private transient Metrics metrics;
  private transient ExchangeIds ids;
  private transient AccessLog log;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public ExchangeFilter() {}

  @Override
  public void init(FilterConfig filter) {
    Parts parts = Parts.of(filter.getServletContext());
    config = parts.get(ProxyConfig.class);
    metrics = parts.get(Metrics.class);
    ids = parts.get(ExchangeIds.class);
    log = parts.get(AccessLog.class);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = open(request);
    HttpServletRequest attached = exchange.attachTo(request, response);
    exchange.id().addTo(response);
    Arrival arrival = log.arrival(request);
    metrics.begin();
    exchange.whenDone(() -> end(arrival, exchange, response));
    try {
      chain.doFilter(attached, response);
    } catch (IOException | ServletException | RuntimeException e) {
      failed(exchange, response);
      throw e;
    } finally {
      if (!exchange.isAsynchronous()) {
        exchange.done();
      }
    }
  }

  /** The container will make a 500 of it, if it still can. */
  private static void failed(Exchange exchange, HttpServletResponse response) {
    if (response.isCommitted()) {
      exchange.journal().brokenOff();
    } else {
      exchange.journal().answeredByContainer(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private void end(@Nullable Arrival arrival, Exchange exchange, HttpServletResponse response) {
    int status = exchange.journal().status(status(response));
    metrics.end(status);
    log.end(arrival, exchange, status, isCommitted(response));
  }

  private static boolean isCommitted(HttpServletResponse response) {
    try {
      return response.isCommitted();
    } catch (RuntimeException gone) {
      return true;
    }
  }

  /** Zero if the container has taken the response away already. */
  private static int status(HttpServletResponse response) {
    try {
      return response.getStatus();
    } catch (RuntimeException gone) {
      return 0;
    }
  }

  private Exchange open(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    ProxyConfig.Forwarded forwarded = config.forwarded();
    boolean trusted = forwarded.trusts(peer);
    String client = peer;
    if (trusted) {
      List<String> said = Collections.list(request.getHeaders("X-Forwarded-For"));
      client = Forwarding.client(peer, said, forwarded::trusts);
    }
    return new Exchange(peer, trusted, client, ids.of(request, trusted), log.journal());
  }
}
