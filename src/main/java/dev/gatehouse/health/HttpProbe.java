package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * A check by GET: a status from 200 to 399 in time is good.
 *
 * <p>Thread-safe. The client is not ours to stop.
 */
public final class HttpProbe implements Probe {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final HttpClient client;
  private final String path;
  private final Duration timeout;
  private final LongSupplier nanoTime;

  /**
   * Uses a started client, with destinations apart from those of the traffic.
   *
   * @param nanoTime a monotonic clock
   */
  public HttpProbe(HttpClient client, PoolConfig.Health settings, LongSupplier nanoTime) {
    this.client = client;
    this.path = settings.path();
    this.timeout = settings.timeout();
    this.nanoTime = nanoTime;
  }

  @Override
  public void check(Upstream upstream, Consumer<ProbeResult> done) {
    Check check = new Check(done);
    try {
      client
          .newRequest(upstream.origin() + upstream.basePath() + path)
          .tag(new Upstream.Apart(upstream, "health")) // its own pool: full ones do not starve us
          .agent("Gatehouse-health")
          .headers(fields -> fields.put(HttpHeader.CONNECTION, "close"))
          .followRedirects(false)
          .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .send(check);
    } catch (RuntimeException e) { // a client being stopped, a path that is none
      check.failed(e);
    }
  }

  /** One check; Jetty calls it serially. */
  private final class Check implements Response.Listener {
    private final Consumer<ProbeResult> done;
    private final AtomicBoolean told = new AtomicBoolean();
    private final long startNanos = nanoTime.getAsLong();
    private int bodyBytes;

    Check(Consumer<ProbeResult> done) {
      this.done = done;
    }

    @Override
    public void onHeaders(Response response) {
      int status = response.getStatus();
      boolean ok = status >= 200 && status <= 399;
      Duration took = took();
      tell(ok, ok ? status + " in " + PlainDuration.of(took) : "status " + status, took);
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
      bodyBytes += content.remaining();
      if (bodyBytes > MAX_BODY_BYTES) {
        var unused = response.abort(new IOException("enough of the body"));
      }
    }

    @Override
    public void onComplete(Result result) {
      Throwable failure = telling(result);
      if (failure != null) {
        failed(failure);
      }
    }

    /** Of two failures, TLS says why and the other half of the exchange only that it ended. */
    private static @Nullable Throwable telling(Result result) {
      Throwable request = result.getRequestFailure();
      return request instanceof SSLException ? request : result.getFailure();
    }

    void failed(Throwable failure) {
      boolean garbage = failure instanceof HttpResponseException;
      tell(false, garbage ? "not an HTTP answer" : FailureText.of(failure, timeout), took());
    }

    private void tell(boolean ok, String detail, Duration took) {
      if (told.compareAndSet(false, true)) { // what follows the header fields decides nothing
        done.accept(new ProbeResult(ok, detail, took));
      }
    }

    private Duration took() {
      return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
    }
  }
}
