package dev.gatehouse.guard;

import dev.gatehouse.servlet.OwnAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Turns away what is not to be forwarded, before it costs anything. */
public final class GuardFilter extends HttpFilter {
  /** Used by the container. */
  public GuardFilter() {}

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
      case FORWARD -> chain.doFilter(request, response);
      case ANSWER, REFUSE_METHOD ->
          OwnAnswer.send(
              request,
              response,
              decision.status(),
              own -> own.setHeader("Allow", RequestPolicy.ALLOWED));
      case REFUSE ->
          OwnAnswer.send(
              request, response, decision.status(), own -> own.setHeader("Connection", "close"));
    }
  }
}
