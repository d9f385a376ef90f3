package dev.gatehouse.proxy;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.http.Methods;
import dev.gatehouse.servlet.Bodies;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the bodies of requests, also those that a filter has begun to read. */
public final class ClientBodies implements Bodies {
  private static final String ATTRIBUTE = "dev.gatehouse.body";

  private final long maxSize;
  private final int bufferSize;
  private final Map<String, Integer> keptByRoute = new HashMap<>();

  public ClientBodies(ProxyConfig config) {
    this.maxSize = config.guard().maxBodySize();
    this.bufferSize = config.client().responseBufferSize();
    for (ProxyConfig.Route route : config.routes()) {
      for (PoolConfig pool : config.pools()) {
        if (pool.id().equals(route.poolId())) {
          keptByRoute.put(route.id(), pool.retry().bufferSize());
        }
      }
    }
  }

  /**
   * The body of a request that no filter has read from; null if there is none.
   *
   * @param mostKept bytes that are kept for another try
   */
  @Nullable ClientBody unread(HttpServletRequest request, int mostKept) throws IOException {
    return isThere(request)
        ? new ClientBody(LateInput.of(request), maxSize, bufferSize, mostKept)
        : null;
  }

  /** The body of a request that a filter held; null unless the filter has read from it. */
  static @Nullable ClientBody held(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof ReadAhead read ? read.body() : null;
  }

  @Override
  public boolean isThere(HttpServletRequest request) throws IOException {
    return isAnnounced(request) || hasUnannounced(request);
  }

  private static boolean isAnnounced(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || ServletFields.of(request).has("Transfer-Encoding");
  }

  @Override
  public int most(HttpServletRequest request) {
    return keptByRoute.getOrDefault(Exchange.of(request).route().id(), 0);
  }

  @Override
  public Reading read(
      BoundRequest request, HttpServletResponse response, Consumer<Optional<String>> then) {
    int most = most(request);
    int kept = (int) Math.min(Integer.MAX_VALUE, (long) most + bufferSize); // with what is beyond
    ClientBody body = new ClientBody(LateInput.of(request), maxSize, bufferSize, kept);
    ClientSide client = new ClientSide(request, response, body, () -> {});
    Journal journal = Exchange.of(request).journal();
    journal.receives(body::taken);
    ReadAhead read =
        new ReadAhead(
            body,
            most,
            then,
            cause -> {
              journal.clientFailed(FailureStatus.isDeparture(cause));
              client.end(FailureStatus.ofClient(cause), own -> {});
            });
    request.setAttribute(ATTRIBUTE, read);
    client.listens(new ContainerWord(read::failed));
    read.go();
    return read;
  }

  @Override
  public void copy(HttpServletRequest from, HttpServletRequest to) {
    if (from.getAttribute(ATTRIBUTE) instanceof ReadAhead read && read.isWhole()) {
      to.setAttribute(ATTRIBUTE, read);
    }
  }

  /** HTTP/2 has bodies that no field announces (RFC 9113 §8.1). */
  private static boolean hasUnannounced(HttpServletRequest request) throws IOException {
    if (!request.getProtocol().startsWith("HTTP/2") || request.getContentLengthLong() == 0) {
      return false;
    }
    boolean bodiless = Methods.isUsuallyBodiless(request.getMethod());
    ClientConnection connection = ClientConnection.of(request);
    try {
      if (connection.hasContent(request)) {
        return true;
      }
    } catch (UnfitException | IllegalStateException e) {
      return !bodiless || request.getContentType() != null;
    }
    if (!bodiless && connection.hasReset()) {
      throw new ClosedChannelException(); // it was to have a body, which is not an empty one
    }
    return false;
  }
}
