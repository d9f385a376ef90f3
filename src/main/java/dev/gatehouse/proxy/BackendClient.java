package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpDestination;

/**
 * A client that knows the destination of each backend. Jetty's makes scheme, host, port and address
 * of each request anew, to look for it in a map that it locks for that.
 */
@SuppressWarnings("try") // close() is the base class's
final class BackendClient extends HttpClient {
  private final Map<Object, HttpDestination> byTag = new ConcurrentHashMap<>();

  BackendClient(HttpClientTransport transport) {
    super(transport);
  }

  @Override
  public Destination resolveDestination(Request request) {
    Object tag = request.getTag();
    if (!(tag instanceof Upstream)) {
      return super.resolveDestination(request);
    }
    HttpDestination known = byTag.get(tag);
    if (known != null && !known.stale()) { // which says that it is in use
      return known;
    }
    Destination found = super.resolveDestination(request);
    if (found instanceof HttpDestination destination) {
      byTag.put(tag, destination);
    }
    return found;
  }

  /** Jetty's sweep of those that nobody has used. */
  @Override
  public boolean removeDestination(Destination destination) {
    byTag.values().remove(destination);
    return super.removeDestination(destination);
  }
}
