package dev.gatehouse.sample;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Counts and reports requests, and while draining asks each connection to close after its answer.
 */
final class DrainHandler extends Handler.Wrapper {
  private final AtomicInteger inFlight = new AtomicInteger();
  private final boolean debug;
  private volatile boolean draining;

  /**
   * Wraps the handler that answers.
   *
   * @param debug prints one line per request
   */
  DrainHandler(Handler handler, boolean debug) {
    super(handler);
    this.debug = debug;
  }

  void drain() {
    draining = true;
  }

  int inFlight() {
    return inFlight.get();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long begin = System.nanoTime();
    inFlight.incrementAndGet();
    Request.addCompletionListener(
        request,
        failure -> {
          inFlight.decrementAndGet();
          if (debug) {
            System.out.println(line(request, response, System.nanoTime() - begin, failure != null));
          }
        });
    if (draining) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    return super.handle(request, response, callback);
  }

  private static String line(Request request, Response response, long nanos, boolean cut) {
    return "%d %s %s -> %d%s in %d ms"
        .formatted(
            Request.getLocalPort(request),
            request.getMethod(),
            request.getHttpURI().getPathQuery(),
            response.getStatus(),
            cut ? " (cut)" : "",
            TimeUnit.NANOSECONDS.toMillis(nanos));
  }
}
