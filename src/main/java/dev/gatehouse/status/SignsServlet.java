package dev.gatehouse.status;

import dev.gatehouse.servlet.Closing;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /_proxy/live} and {@code /_proxy/ready}, for whoever runs or distributes. Backends are not
 * asked and have no say: see the package's decisions.
 */
public final class SignsServlet extends HttpServlet {
  private static final String READY = "/_proxy/ready";

  private transient Closing closing;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public SignsServlet() {}

  @Override
  public void init() {
    closing = Parts.of(getServletContext()).get(Closing.class);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      OwnAnswer.send(
          request,
          response,
          HttpServletResponse.SC_METHOD_NOT_ALLOWED,
          own -> own.setHeader("Allow", "GET, HEAD")); // RFC 9110 §15.5.6
      return;
    }
    boolean good = !request.getServletPath().equals(READY) || closing.isReady();
    OwnAnswer.send(
        request,
        response,
        good ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }
}
