package dev.gatehouse.health;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig;
import java.io.ByteArrayOutputStream;
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
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * A check by GET, over when the answer is, or 64 kB of it, or the time: so two never overlap.
 *
 * <p>Thread-safe. The client is not ours to stop.
 */
public final class HttpProbe implements Probe {
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int FIRST_FINAL_STATUS = 200; // RFC 9110 §15.2

  private final HttpClient client;
  private final PoolConfig.Health settings;
  private final Duration timeout;
  private final GoodAnswer good;
  private final LongSupplier nanoTime;

  /**
   * Uses a started client, with destinations apart from those of the traffic.
   *
   * @param nanoTime a monotonic clock
   */
  public HttpProbe(HttpClient client, PoolConfig.Health settings, LongSupplier nanoTime) {
    this.client = client;
    this.settings = settings;
    this.timeout = settings.timeout();
    this.good = GoodAnswer.of(settings);
    this.nanoTime = nanoTime;
  }

  @Override
  public void check(Upstream upstream, Consumer<ProbeResult> done) {
    Check check = new Check(done);
    try {
      client
          .newRequest(upstream.origin() + upstream.basePath() + settings.path())
          .tag("health") // a destination of its own: a full traffic pool does not starve us
          .agent("Gatehouse-health")
          .headers(this::put)
          .followRedirects(false)
          .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .send(check);
    } catch (RuntimeException e) { // a client being stopped, a path that is none
      check.failed(e);
    }
  }

  private void put(HttpFields.Mutable fields) {
    settings.headers().forEach(field -> fields.put(field.name(), field.value()));
    fields.put(HttpHeader.CONNECTION, "close");
  }

  /** One check; Jetty calls it serially. */
  private final class Check implements Response.Listener {
    private final Consumer<ProbeResult> done;
    private final AtomicBoolean told = new AtomicBoolean();
    private final long startNanos = nanoTime.getAsLong();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private @Nullable ProbeResult found;
    private int status;
    private int bodyBytes;

    Check(Consumer<ProbeResult> done) {
      this.done = done;
    }

    @Override
    public void onHeaders(Response response) {
      status = response.getStatus();
      if (!good.hasStatus(status)) {
        found = bad("status " + status);
        if (status < FIRST_FINAL_STATUS) {
          tell(found); // Jetty tells no end of an interim answer that nothing in the client handles
        }
      } else if (!good.wantsBody()) {
        found = good();
      }
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
      if (found == null) {
        byte[] bytes = new byte[Math.min(content.remaining(), MAX_BODY_BYTES - body.size())];
        content.get(content.position(), bytes);
        body.writeBytes(bytes);
      }
      bodyBytes += content.remaining();
      if (bodyBytes > MAX_BODY_BYTES) {
        var unused = response.abort(new IOException("enough of the body"));
      }
    }

    @Override
    public void onComplete(Result result) {
      Throwable failure = telling(result);
      if (found == null && (failure == null || bodyBytes > 0)) {
        found = byBody(failure);
      }
      if (found != null) {
        tell(found); // what came later decides nothing
      } else if (failure != null) {
        failed(failure);
      }
    }

    private ProbeResult byBody(@Nullable Throwable failure) {
      if (good.hasBody(body.toByteArray())) {
        return good();
      }
      if (failure != null && bodyBytes <= MAX_BODY_BYTES) {
        return bad(words(failure));
      }
      return bad("status " + status + ", but not the body that is wanted");
    }

    /** Of two failures, TLS says why and the other half of the exchange only that it ended. */
    private static @Nullable Throwable telling(Result result) {
      Throwable request = result.getRequestFailure();
      return request instanceof SSLException ? request : result.getFailure();
    }

    void failed(Throwable failure) {
      tell(bad(words(failure)));
    }

    private String words(Throwable failure) {
      boolean garbage = failure instanceof HttpResponseException;
      return garbage ? "not an HTTP answer" : FailureText.of(failure, timeout);
    }

    private ProbeResult good() {
      Duration took = took();
      return new ProbeResult(true, status + " in " + PlainDuration.of(took), took);
    }

    private ProbeResult bad(String detail) {
      return new ProbeResult(false, detail, took());
    }

    private void tell(ProbeResult result) {
      if (told.compareAndSet(false, true)) { // Jetty tells some ends twice
        done.accept(result);
      }
    }

    private Duration took() {
      return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
    }
  }
}
