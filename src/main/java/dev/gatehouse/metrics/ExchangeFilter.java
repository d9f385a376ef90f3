package dev.gatehouse.metrics;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Forwarding;
import dev.gatehouse.servlet.Exchange;
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

/** Opens the exchange: settles the client address for all behind it, and counts the end. */
public final class ExchangeFilter extends HttpFilter {
  private transient ProxyConfig config;
  private transient Metrics metrics;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public ExchangeFilter() {}

  @Override
  public void init(FilterConfig filter) {
    Parts parts = Parts.of(filter.getServletContext());
    config = parts.get(ProxyConfig.class);
    metrics = parts.get(Metrics.class);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = open(request);
    exchange.attachTo(request);
    metrics.begin();
    exchange.whenDone(() -> metrics.end(status(response)));
    try {
      chain.doFilter(request, response);
    } finally {
      if (!exchange.isAsynchronous()) {
        exchange.done();
      }
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
    return new Exchange(peer, trusted, client);
  }
}
