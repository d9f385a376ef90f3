package dev.gatehouse.proxy;

import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.PoolConfig.RetryOn;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.http.HttpServletResponse;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one forwarded request: lend a backend, try it, try another where that is safe, and
 * let the {@link ClientSide} end it.
 */
final class ProxyExchange {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyExchange.class);

  private final Forwarder forwarder;
  private final Exchange facts;
  private final Outgoing outgoing;
  private final @Nullable ClientBody body;
  private final ClientSide client;
  private final Tries tries;
  private final Lending lending;
  private volatile @Nullable Attempt attempt;

  ProxyExchange(
      Forwarder forwarder,
      BoundRequest request,
      HttpServletResponse response,
      String path,
      @Nullable ClientBody body) {
    this.forwarder = forwarder;
    this.facts = Exchange.of(request);
    this.outgoing = new Outgoing(forwarder, request, path, body != null);
    this.body = body;
    if (body != null) {
      facts.journal().receives(body::taken);
    }
    this.tries =
        new Tries(
            forwarder.retry(),
            forwarder.timeouts().totalTimeout(),
            forwarder.pool().patience(),
            forwarder.nanoTime());
    this.lending = new Lending(this, forwarder, outgoing.key(), tries);
    this.client = new ClientSide(request, response, body, this::over);
    client.listens(new ContainerWord(this::giveUp));
  }

  /** Sends the request to a first backend. */
  void forward() {
    forwarder.budget().request();
    forwarder.departures().add(this);
    lending.next(FailureStatus.UNAVAILABLE);
  }

  /** The client has got all that it gets, and others for whom it went on, too. */
  private void over() {
    forwarder.departures().remove(this);
    lending.leave();
  }

  /**
   * Makes one try.
   *
   * @param fresh whether on a connection that nobody has used
   */
  void attempt(Lease lease, boolean fresh) {
    if (client.isOver()) {
      lease.close(Ending.cancelled());
      return;
    }
    try {
      facts.journal().attempt(tries.begin(), lease.upstream().id());
      UpstreamRequest request =
          outgoing.to(lease.upstream(), fresh, tries.elapsedNanos(), client::hint);
      Attempt next = new Attempt(this, lease, request, body);
      attempt = next;
      if (client.isOver()) { // the client left meanwhile, and aborted the attempt before
        lease.close(Ending.cancelled());
        return;
      }
      next.send();
    } catch (RuntimeException e) { // Jetty's client would swallow it, and nobody would ever answer
      LOG.warn(
          "{} {} could not be sent to {}",
          outgoing.method(),
          outgoing.shownPath(),
          lease.upstream().id(),
          e);
      lease.close(Ending.cancelled());
      end(FailureStatus.of(e));
    }
  }

  ClientSide client() {
    return client;
  }

  long nanoTime() {
    return forwarder.nanoTime().getAsLong();
  }

  /** Whether all tries together have had the time that there is for them. */
  boolean isTimeUp() {
    return tries.isTimeUp();
  }

  /** Passes the head of a response on. */
  void begin(Response from, Upstream upstream) {
    boolean moved = tries.hasTried(outgoing.key().preferred());
    client.begin(from, response -> outgoing.copyHead(from, upstream, response, moved));
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
    return tries.goOnAfter(outgoing.method(), why, isBodyLost())
        && forwarder.pool().offersOtherThan(tries.tried())
        && forwarder.budget().take();
  }

  /**
   * Makes another try after a pause, as the budget has allowed.
   *
   * @param status ends the exchange if there is no backend by then
   */
  void goOn(int status) {
    lending.pause(
        () -> {
          if (isBodyLost() || !tries.inTime()) {
            end(status);
          } else {
            lending.next(status);
          }
        });
  }

  /**
   * A try has failed: another one, an own answer, or a broken message.
   *
   * @param lease still open, for the same backend may be tried again
   * @param how it failed
   */
  void fail(Lease lease, Attempt.Failure how) {
    Upstream upstream = lease.upstream();
    LOG.debug("{} at {} failed", outgoing.shownPath(), upstream.id(), how.cause());
    if (client.isOver()) {
      lease.close(how.ending());
      client.abandonOthers();
      return;
    }
    tries.failedAt(upstream, !how.untouched());
    RetryPolicy.Step step = tries.after(outgoing.method(), how, isBodyLost());
    if (step == RetryPolicy.Step.FRESH_CONNECTION) {
      tries.mend(!how.untouched());
      attempt(lease, true);
      return;
    }
    lease.close(how.ending());
    boolean refused = step == RetryPolicy.Step.ANOTHER && how.cause() instanceof ConnectException;
    int status = refused ? FailureStatus.UNAVAILABLE : FailureStatus.of(how.cause());
    if (step == RetryPolicy.Step.ANOTHER && forwarder.pool().offersOtherThan(tries.tried())) {
      lending.next(status);
    } else if (step == RetryPolicy.Step.ANOTHER_LATER && forwarder.budget().take()) {
      goOn(status);
    } else {
      LOG.info(
          "{} {} not answered by {}: {}",
          outgoing.method(),
          outgoing.shownPath(),
          upstream.id(),
          FailureStatus.reason(how.cause()));
      end(status);
    }
  }

  private boolean isBodyLost() {
    return body != null && !body.canBeSentAgain();
  }

  /** Ends without a response from a backend, if it is not over yet. */
  void end(int status) {
    client.end(status, forwarder.fieldsOf(status));
  }

  /** The application stops, and waits no longer. */
  void stop() {
    end(FailureStatus.UNAVAILABLE);
    client.abandonOthers();
    Attempt current = attempt;
    if (current != null) {
      current.abort(new ClosedChannelException());
    }
  }

  /** The client's body has failed: it left, stalled, or framed it wrongly. */
  void readingFailed(Throwable cause) {
    LOG.debug("{} {}: the client's body failed", outgoing.method(), outgoing.shownPath(), cause);
    facts.journal().clientFailed(FailureStatus.isDeparture(cause));
    end(FailureStatus.ofClient(cause));
    client.abandonOthers();
  }

  /** Gives up if the client has left; on another thread, since an answer may have to wait. */
  void lookAtClient() throws UnfitException {
    if (client.hasLeft(lending::onThread)) {
      lending.onThread(() -> giveUp(new ClosedChannelException()));
    }
  }

  private void giveUp(Throwable cause) {
    boolean readsNoMore = client.isStreaming() && cause instanceof TimeoutException;
    if (!client.isOver()) {
      facts.journal().clientFailed(readsNoMore || FailureStatus.isDeparture(cause));
    }
    if (client.outlives(false)) {
      facts.done(); // as below
      return;
    }
    if (body != null) {
      body.end(cause);
    }
    end(FailureStatus.ofClient(cause)); // not abandoned: Undertow would make a 200 of it
    client.clientFailed(cause);
    if (client.isStreaming()) {
      facts.journal().brokenOff(); // before it is told; the container may find out later
    }
    facts.done(); // Jetty accepts the dispatch of a stream that was reset, and never carries it out
    Attempt current = attempt;
    if (current != null) {
      current.abort(cause);
    }
  }
}
