package dev.gatehouse.proxy;

import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.http.HopByHop;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Passes a backend's 103 on, past the filters: it belongs to no answer (RFC 8297 §2). Containers
 * send it while the thread waits, which a client that does not read could make long. So it is
 * dropped when the client's connection has no room; and as the room may go meanwhile, when a few
 * threads are at it already.
 */
final class EarlyHints extends EarlyHintsProtocolHandler {
  private static final int MOST_BYTES = 4096; // so much room a writable connection has

  private final Semaphore free;

  /**
   * @param most threads that may wait for clients to read
   */
  EarlyHints(int most) {
    this.free = new Semaphore(most);
  }

  @Override
  protected void onEarlyHints(Request request, HttpFields fields) {
    if (request instanceof UpstreamRequest own && free.tryAcquire()) {
      try {
        own.hints().accept(fields);
      } finally {
        free.release();
      }
    }
  }

  /** Sends them, where the container can, to clients that know interim responses (§15.2). */
  static void send(
      HttpFields hints,
      ClientConnection connection,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, UnfitException {
    if (request.getProtocol().equals("HTTP/1.0")
        || size(hints) > MOST_BYTES
        || !connection.takesEarlyHints()) {
      return;
    }
    HttpServletResponse own = containers(response);
    Map<String, List<String>> before = new LinkedHashMap<>();
    for (String name : own.getHeaderNames()) {
      before.put(name, new ArrayList<>(own.getHeaders(name)));
    }
    Set<String> nominated = HopByHop.nominated(hints.getValuesList(HttpHeader.CONNECTION));
    ExchangeId id = Exchange.of(request).id();
    own.reset(); // what the filters have set is for the final response
    try {
      for (HttpField field : hints) {
        String name = field.getName();
        boolean endToEnd = !HopByHop.always(name) && !nominated.contains(name) && !id.isIn(name);
        if (endToEnd && field.getHeader() != HttpHeader.CONTENT_LENGTH) {
          own.addHeader(name, field.getValue());
        }
      }
      own.sendError(103);
      connection.flushEarlyHints();
    } finally {
      own.reset(); // the only way to take a field away on Tomcat
      before.forEach((name, values) -> restore(own, name, values));
    }
  }

  private static int size(HttpFields hints) {
    int size = 0;
    for (HttpField field : hints) {
      size += field.getName().length() + String.valueOf(field.getValue()).length();
    }
    return size;
  }

  private static void restore(HttpServletResponse own, String name, List<String> values) {
    own.setHeader(name, values.get(0)); // what containers set anew, as Jetty does Date, is there
    for (String value : values.subList(1, values.size())) {
      own.addHeader(name, value);
    }
  }

  private static HttpServletResponse containers(HttpServletResponse response) {
    ServletResponse own = response;
    while (own instanceof ServletResponseWrapper wrapper) {
      own = wrapper.getResponse();
    }
    return (HttpServletResponse) own;
  }
}
