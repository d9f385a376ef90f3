package dev.gatehouse.proxy;

import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig.RetryOn;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.http.PathParameters;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one forwarded request: lend a backend, try it, try another where that is safe, and
 * let the {@link ClientSide} end it.
 *
 * <p>Once it is over, the container may use the request for somebody else: what tries need of it is
 * taken at the beginning, but for trailers, which come while a body does.
 */
final class ProxyExchange implements AsyncListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyExchange.class);

  private final Forwarder forwarder;
  private final BoundRequest request;
  private final Exchange facts;
  private final String method;
  private final String path;
  private final @Nullable String query;
  private final String publicHost;
  private final HttpFields head;
  private final RequestKey key;
  private final @Nullable ClientBody body;
  private final boolean trailers; // follow the body
  private final ClientSide client;
  private final Tries tries;
  private volatile @Nullable Attempt attempt;

  ProxyExchange(
      Forwarder forwarder,
      BoundRequest request,
      HttpServletResponse response,
      String path,
      @Nullable ClientBody body) {
    this.forwarder = forwarder;
    this.request = request;
    this.method = request.getMethod();
    this.path = path;
    this.query = request.getQueryString();
    this.publicHost = RequestHead.publicHost(request);
    this.body = body;
    this.trailers = body != null && Trailers.areAnnounced(request);
    this.facts = Exchange.of(request);
    this.head = forwarder.affinity().forBackend(forwarder.requestHead().copy(request, facts));
    this.key = forwarder.affinity().key(request, facts);
    this.tries =
        new Tries(forwarder.retry(), forwarder.timeouts().totalTimeout(), forwarder.nanoTime());
    this.client =
        new ClientSide(request, response, body, () -> forwarder.departures().remove(this));
    client.async().addListener(this);
  }

  /** Sends the request to a first backend. */
  void forward() {
    forwarder.budget().request();
    Lease lease = lend(Set.of());
    if (lease != null) {
      forwarder.departures().add(this);
      attempt(lease, false);
    } else {
      end(FailureStatus.UNAVAILABLE);
    }
  }

  private @Nullable Lease lend(Set<Upstream> except) {
    return forwarder.pool().lend(key.again(tries.begun()), except);
  }

  private void attempt(Lease lease, boolean fresh) {
    if (client.isOver()) {
      lease.close(Ending.cancelled());
      return;
    }
    try {
      facts.journal().attempt(tries.begin(), lease.upstream().id());
      Attempt next = new Attempt(this, lease, newRequest(lease.upstream(), fresh), body);
      attempt = next;
      if (client.isOver()) { // the client left meanwhile, and aborted the attempt before
        lease.close(Ending.cancelled());
        return;
      }
      next.send(head, forwarder.host(publicHost, lease.upstream()));
    } catch (RuntimeException e) { // Jetty's client would swallow it, and nobody would ever answer
      LOG.warn("{} {} could not be sent to {}", method, shownPath(), lease.upstream().id(), e);
      lease.close(Ending.cancelled());
      end(FailureStatus.of(e));
    }
  }

  private UpstreamRequest newRequest(Upstream upstream, boolean fresh) {
    String there = upstream.basePath().isEmpty() ? path : upstream.basePath() + path;
    var to = new UpstreamRequest(forwarder.client(), upstream, method, there, query, client::hint);
    to.timeouts(forwarder.timeouts(), forwarder.retry().tryTimeout(), tries.elapsedNanos());
    if (fresh) {
      to.onFreshConnection();
    }
    if (trailers) {
      to.trailersSupplier(
          () -> Trailers.of(request, name -> forwarder.requestHead().isForBackend(name, facts)));
    }
    return to;
  }

  ClientSide client() {
    return client;
  }

  long nanoTime() {
    return forwarder.nanoTime().getAsLong();
  }

  /** Passes the head of a response on. */
  void begin(Response from, Upstream upstream) {
    client.begin(
        from,
        response -> {
          String sentHost = forwarder.host(publicHost, upstream);
          forwarder.responseHead().copy(from, upstream, sentHost, request, response);
          forwarder.affinity().mark(key, upstream, from, request, response);
        });
  }

  /**
   * Whether to try another backend rather than to pass this response on; then {@link #goOn} must be
   * called once the try has ended.
   */
  boolean prefersAnother(int status, Upstream upstream) {
    RetryOn why = RetryPolicy.ofStatus(status);
    if (why == null || client.isOver()) {
      return false;
    }
    tries.failedAt(upstream, true);
    var failed =
        new RetryPolicy.Failed(method, why, tries.sent(), false, isBodyLost(), false, false, true);
    return RetryPolicy.after(failed, forwarder.retry()) == RetryPolicy.Step.ANOTHER_LATER
        && forwarder.pool().offersOtherThan(tries.tried())
        && tries.inTime()
        && forwarder.budget().take();
  }

  /**
   * Makes another try after a pause, as the budget has allowed.
   *
   * @param status ends the exchange if there is no backend by then
   */
  void goOn(int status) {
    HttpClient sender = forwarder.client();
    Runnable again = () -> tryAgain(status);
    var unused =
        sender
            .getScheduler()
            .schedule(() -> onThread(sender, again), tries.pauseNanos(), TimeUnit.NANOSECONDS);
  }

  private void onThread(HttpClient sender, Runnable work) {
    try {
      sender.getExecutor().execute(work);
    } catch (RejectedExecutionException e) { // it is being stopped
      end(FailureStatus.UNAVAILABLE);
    }
  }

  private void tryAgain(int status) {
    Lease untried = lend(tries.tried());
    Lease next = untried == null ? lend(Set.of()) : untried;
    if (next == null || isBodyLost()) {
      if (next != null) {
        next.close(Ending.cancelled());
      }
      end(status);
    } else {
      attempt(next, false);
    }
  }

  /**
   * A try has failed: another one, an own answer, or a broken message.
   *
   * @param lease still open, for the same backend may be tried again
   * @param how it failed
   */
  void fail(Lease lease, Attempt.Failure how) {
    Upstream upstream = lease.upstream();
    LOG.debug("{} at {} failed", path, upstream.id(), how.cause());
    if (client.isOver()) {
      lease.close(how.ending());
      return;
    }
    tries.failedAt(upstream, !how.untouched());
    RetryPolicy.Step step = stepAfter(how);
    if (step == RetryPolicy.Step.FRESH_CONNECTION) {
      tries.mend(!how.untouched());
      attempt(lease, true);
      return;
    }
    lease.close(how.ending());
    Lease next = step == RetryPolicy.Step.ANOTHER ? lend(tries.tried()) : null;
    if (next != null) {
      attempt(next, false);
    } else if (step == RetryPolicy.Step.ANOTHER_LATER && forwarder.budget().take()) {
      goOn(FailureStatus.of(how.cause()));
    } else {
      LOG.info(
          "{} {} not answered by {}: {}",
          method,
          shownPath(),
          upstream.id(),
          FailureStatus.reason(how.cause()));
      boolean allRefuse =
          step == RetryPolicy.Step.ANOTHER && how.cause() instanceof ConnectException;
      end(allRefuse ? FailureStatus.UNAVAILABLE : FailureStatus.of(how.cause()));
    }
  }

  private RetryPolicy.Step stepAfter(Attempt.Failure how) {
    var failed =
        new RetryPolicy.Failed(
            method,
            how.why(),
            tries.sent(),
            how.answered(),
            isBodyLost(),
            how.untouched(),
            how.pooled(),
            tries.hadFresh());
    return tries.inTime() ? RetryPolicy.after(failed, forwarder.retry()) : RetryPolicy.Step.GIVE_UP;
  }

  /** As the access log has it: {@code ;jsessionid=} is a secret. */
  private String shownPath() {
    return PathParameters.hidden(path);
  }

  private boolean isBodyLost() {
    return body != null && !body.canBeSentAgain();
  }

  private void end(int status) {
    client.end(status, forwarder.fieldsOf(status));
  }

  /** The application stops, and waits no longer. */
  void stop() {
    end(FailureStatus.UNAVAILABLE);
    Attempt current = attempt;
    if (current != null) {
      current.abort(new ClosedChannelException());
    }
  }

  /** The client's body has failed: it left, stalled, or framed it wrongly. */
  void readingFailed(Throwable cause) {
    LOG.debug("{} {}: the client's body failed", method, shownPath(), cause);
    facts.journal().clientFailed(FailureStatus.isDeparture(cause));
    end(FailureStatus.ofClient(cause));
  }

  /** The response can't be written: the client has left, or what writes is broken. */
  void writingFailed(Throwable cause) {
    LOG.debug("{} {}: the answer can't be written", method, shownPath(), cause);
    if (cause instanceof IOException) {
      facts.journal().clientGone();
      client.abandon(); // the container knows, and has nobody to write to
    } else if (cause instanceof TimeoutException) { // Jetty's, for a client that reads no more
      facts.journal().clientGone();
      client.breakOff(FailureStatus.ofClient(cause));
    } else {
      LOG.warn(
          "{} {}: the answer can't be written", method, shownPath(), cause); // no client does that
      client.breakOff(FailureStatus.of(cause));
    }
  }

  /** The container gives up: the client is gone, or has sent what is no HTTP. */
  @Override
  public void onError(AsyncEvent event) {
    Throwable cause = event.getThrowable();
    giveUp(cause == null ? new IOException("the client's connection failed") : cause);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    giveUp(new TimeoutException("the container waits no longer"));
  }

  /** Gives up if the client has left. */
  void lookAtClient() throws UnfitException {
    if (client.hasLeft()) {
      giveUp(new ClosedChannelException());
    }
  }

  private void giveUp(Throwable cause) {
    facts.journal().clientFailed(FailureStatus.isDeparture(cause));
    if (body != null) {
      body.end(cause);
    }
    end(FailureStatus.ofClient(cause)); // not abandoned: Undertow would make a 200 of it
    if (client.isStreaming()) {
      facts.journal().brokenOff(); // before it is told; the container may find out later
    }
    facts.done(); // Jetty accepts the dispatch of a stream that was reset, and never carries it out
    Attempt current = attempt;
    if (current != null) {
      current.abort(cause);
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
