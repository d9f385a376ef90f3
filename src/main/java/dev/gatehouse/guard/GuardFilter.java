package dev.gatehouse.guard;

import dev.gatehouse.http.HostName;
import dev.gatehouse.servlet.Asked;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Turns away what is not to be forwarded, before it costs anything. */
public final class GuardFilter extends HttpFilter {
  private transient RouteTable routes;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public GuardFilter() {}

  @Override
  public void init(FilterConfig filter) {
    routes = Parts.of(filter.getServletContext()).get(RouteTable.class);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestPolicy.Decision decision =
        RequestPolicy.decide(
            request.getMethod(),
            request.getProtocol(),
            request.getHeader("Transfer-Encoding") != null,
            request.getHeader("Max-Forwards"));
    switch (decision) {
      case FORWARD -> {
        if (settle(request, response)) {
          chain.doFilter(request, response);
        }
      }
      case ANSWER, REFUSE_METHOD ->
          OwnAnswer.send(
              response, decision.status(), own -> own.setHeader("Allow", RequestPolicy.ALLOWED));
      case REFUSE ->
          OwnAnswer.send(response, decision.status(), own -> own.setHeader("Connection", "close"));
    }
  }

  /**
   * Settles the route of what goes to the proxy servlet; false: there is none, and that is said.
   */
  private boolean settle(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (Asked.ownPages(request)) {
      return true;
    }
    RouteChoice choice =
        routes.choose(HostName.normal(Asked.authority(request)), request.getRequestURI());
    if (choice instanceof RouteChoice.Along along) {
      Exchange.of(request).settle(along.route());
      return true;
    }
    if (choice instanceof RouteChoice.Nowhere nowhere) {
      OwnAnswer.send(response, nowhere.status());
      return false;
    }
    throw new IllegalStateException("no such choice: " + choice);
  }
}
