package dev.gatehouse.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Words the errors that a container finds in our name; its own pages tell product and version. */
public final class ErrorServlet extends HttpServlet {
  private transient ExchangeIds ids;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public ErrorServlet() {}

  @Override
  public void init() {
    ids = Parts.of(getServletContext()).get(ExchangeIds.class);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.ERROR) { // nobody's page
      OwnAnswer.send(request, response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    if (response.isCommitted()) {
      return; // Tomcat would append us to the part that is out
    }
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = code instanceof Integer known ? known : 500;
    ExchangeId id =
        Exchange.find(request).map(Exchange::id).orElseGet(() -> ids.of(request, false));
    OwnAnswer.send(Optional.of(id), request, response, status, none -> {});
  }
}
