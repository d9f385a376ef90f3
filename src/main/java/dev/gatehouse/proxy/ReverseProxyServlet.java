package dev.gatehouse.proxy;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.http.Methods;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;

/** Forwards what the filters have let through to a backend of the exchange's route. */
public final class ReverseProxyServlet extends AsyncProxyServlet {
  private transient HttpClient client;
  private transient Map<String, Forwarder> forwarders;
  private long maxBodySize;
  private int bodyBufferSize;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public ReverseProxyServlet() {}

  @Override
  public void init() {
    Parts parts = Parts.of(getServletContext());
    ProxyConfig config = parts.get(ProxyConfig.class);
    client = parts.get(HttpClient.class);
    forwarders = parts.get(Routes.class).forwarders();
    maxBodySize = config.guard().maxBodySize();
    bodyBufferSize = config.client().responseBufferSize();
  }

  /** The client belongs to the listener, which stops it. */
  @Override
  public void destroy() {}

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
    ProxyConfig.Route route = exchange.route();
    Optional<String> path = TargetUri.map(request.getRequestURI(), route.prefix());
    Forwarder forwarder = forwarders.get(route.id());
    if (path.isEmpty() || forwarder == null) {
      OwnAnswer.send(request, response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    ClientBody body =
        hasContent(request)
            ? new ClientBody(
                request.getInputStream(),
                request.getContentLengthLong(),
                maxBodySize,
                bodyBufferSize,
                forwarder.retry().bufferSize())
            : null;
    BoundRequest bound = new BoundRequest(request, response);
    new ProxyExchange(forwarder, bound, response, path.get(), body).forward();
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

  /** HTTP/2 has bodies that no field announces (RFC 9113 §8.1). */
  @Override
  protected boolean hasContent(HttpServletRequest request) {
    if (super.hasContent(request)) {
      return true;
    }
    if (request.getContentLengthLong() == 0 || !request.getProtocol().startsWith("HTTP/2")) {
      return false;
    }
    try {
      return ClientConnection.of(request).hasContent(request);
    } catch (UnfitException e) {
      return !Methods.isUsuallyBodiless(request.getMethod());
    } catch (IOException e) {
      return false; // the client is gone; the attempt will find out
    }
  }
}
