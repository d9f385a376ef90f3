package dev.gatehouse.proxy;

import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.servlet.Closing;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;

/** Forwards what the filters have let through to a backend of the exchange's route. */
public final class ReverseProxyServlet extends AsyncProxyServlet {
  private transient HttpClient client;
  private transient Forwarding forwarding;
  private transient Closing closing;
  private transient ClientBodies bodies;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public ReverseProxyServlet() {}

  @Override
  public void init() {
    Parts parts = Parts.of(getServletContext());
    client = parts.get(HttpClient.class);
    forwarding = parts.get(Forwarding.class);
    closing = parts.get(Closing.class);
    bodies = parts.get(ClientBodies.class);
  }

  /**
   * Lets requests under way come to their end, while there is still a client to carry them out: it
   * belongs to the listener, which stops it. By then some containers have taken everything away.
   */
  @Override
  public void destroy() {
    closing.close();
  }

  @Override
  protected HttpClient getHttpClient() {
    return client;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = Exchange.of(request);
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      breakOff(exchange, request, response);
      return;
    }
    forwarding.forward(request, response, mostKept -> bodies.unread(request, mostKept));
  }

  /**
   * The end of {@link ProxyExchange#breakOff}: a clean error while nothing has gone out, and else
   * an exception, on which Jetty and Tomcat cut the message; Undertow is told so in its own words.
   */
  private static void breakOff(
      Exchange exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      if (!response.isCommitted()) {
        OwnAnswer.sendBodiless(request, response, exchange.brokenOffStatus());
        return;
      }
      exchange.journal().brokenOff();
      if (!ClientConnection.of(request).cut()) {
        throw new BrokenOffException();
      }
    } finally {
      exchange.done();
    }
  }
}
