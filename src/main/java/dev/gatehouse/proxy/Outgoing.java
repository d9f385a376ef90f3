package dev.gatehouse.proxy;

import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.http.HopByHop;
import dev.gatehouse.http.PathParameters;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * What backends get of a request, whichever of them it is.
 *
 * <p>Once an exchange is over, the container may use the request for somebody else: what tries need
 * of it is taken at the beginning, but for trailers, which come while a body does.
 */
final class Outgoing {
  private final Forwarder forwarder;
  private final BoundRequest request;
  private final Exchange facts;
  private final String method;
  private final String path;
  private final @Nullable String query;
  private final String publicHost;
  private final HttpFields head;
  private final RequestKey key;
  private final @Nullable Set<String> nominated; // of trailers; null: none follow the body

  /**
   * @param path without the prefix of the route
   */
  Outgoing(Forwarder forwarder, BoundRequest request, String path, boolean hasBody) {
    this.forwarder = forwarder;
    this.request = request;
    this.facts = Exchange.of(request);
    this.method = request.getMethod();
    this.path = path;
    this.query = request.getQueryString();
    this.publicHost = RequestHead.publicHost(request);
    this.nominated =
        hasBody && Trailers.areAnnounced(request)
            ? HopByHop.nominated(ServletFields.of(request).all("Connection"))
            : null;
    this.head = BackendHead.of(request, facts, forwarder).lines();
    this.key = forwarder.affinity().key(request, facts);
  }

  String method() {
    return method;
  }

  /** As the access log has it: {@code ;jsessionid=} is a secret. */
  String shownPath() {
    return PathParameters.hidden(path);
  }

  RequestKey key() {
    return key;
  }

  /** A request for one try. */
  UpstreamRequest to(
      Upstream upstream, boolean fresh, long elapsedNanos, Consumer<HttpFields> hints) {
    String there = upstream.basePath().isEmpty() ? path : upstream.basePath() + path;
    var to = new UpstreamRequest(forwarder.client(), upstream, method, there, query, hints);
    to.timeouts(
        forwarder.timeouts(), forwarder.retry().tryTimeout(), elapsedNanos, forwarder.nanoTime());
    if (fresh) {
      to.onFreshConnection();
    }
    Set<String> notFromTrailers = nominated;
    if (notFromTrailers != null) {
      RequestHead rules = forwarder.requestHead();
      to.trailersSupplier(
          () ->
              Trailers.of(
                  request,
                  name -> !notFromTrailers.contains(name) && rules.isForBackend(name, facts)));
    }
    to.head(head, forwarder.host(publicHost, upstream));
    return to;
  }

  /**
   * Fills the client's response by the head of a backend's.
   *
   * @param moved whether the backend that the client had has failed
   */
  void copyHead(Response from, Upstream upstream, HttpServletResponse to, boolean moved) {
    forwarder
        .responseHead()
        .copy(from, upstream, forwarder.host(publicHost, upstream), request, to);
    forwarder.affinity().mark(key, moved, upstream, from, request, to);
  }
}
