package dev.gatehouse.proxy;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.http.Methods;
import dev.gatehouse.servlet.Closing;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.jspecify.annotations.Nullable;

/** Forwards what the filters have let through to a backend of the exchange's route. */
public final class ReverseProxyServlet extends AsyncProxyServlet {
  private transient HttpClient client;
  private transient Forwarding forwarding;
  private transient Closing closing;
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
    forwarding = parts.get(Forwarding.class);
    closing = parts.get(Closing.class);
    maxBodySize = config.guard().maxBodySize();
    bodyBufferSize = config.client().responseBufferSize();
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
    forwarding.forward(request, response, mostKept -> bodyOf(request, mostKept));
  }

  private @Nullable ClientBody bodyOf(HttpServletRequest request, int mostKept) throws IOException {
    return hasContent(request) || hasUnannouncedContent(request)
        ? new ClientBody(LateInput.of(request), maxBodySize, bodyBufferSize, mostKept)
        : null;
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
  private static boolean hasUnannouncedContent(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() == 0 || !request.getProtocol().startsWith("HTTP/2")) {
      return false;
    }
    boolean bodiless = Methods.isUsuallyBodiless(request.getMethod());
    ClientConnection connection = ClientConnection.of(request);
    try {
      if (connection.hasContent(request)) {
        return true;
      }
    } catch (UnfitException | IllegalStateException e) {
      return !bodiless;
    }
    if (!bodiless && connection.hasReset()) {
      throw new ClosedChannelException(); // it was to have a body, which is not an empty one
    }
    return false;
  }
}
