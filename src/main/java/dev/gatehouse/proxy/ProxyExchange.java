package dev.gatehouse.proxy;

import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.Waiting;
import dev.gatehouse.config.PoolConfig.RetryOn;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.http.HttpServletResponse;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
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
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable Waiting waiting;

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
    this.tries =
        new Tries(forwarder.retry(), forwarder.timeouts().totalTimeout(), forwarder.nanoTime());
    this.client = new ClientSide(request, response, body, this::over);
    client.async().addListener(new ContainerWord(this::giveUp));
  }

  /** Sends the request to a first backend. */
  void forward() {
    forwarder.budget().request();
    forwarder.departures().add(this);
    Lease lease = lend(Set.of());
    if (lease != null) {
      attempt(lease, false);
    } else {
      await();
    }
  }

  /** All that are available are full, or there are none. */
  private void await() {
    Waiting place = forwarder.pool().await(outgoing.key(), this::called);
    waiting = place;
    if (place == null) {
      end(FailureStatus.UNAVAILABLE);
    } else if (client.isOver()) {
      place.leave();
    }
  }

  /** The wait has an end; without a lease it was too long. */
  private void called(@Nullable Lease lease) {
    if (lease == null) {
      end(FailureStatus.UNAVAILABLE);
    } else {
      attempt(lease, false);
    }
  }

  /** The client has got all that it gets. */
  private void over() {
    forwarder.departures().remove(this);
    Waiting place = waiting;
    if (place != null) {
      place.leave();
    }
  }

  private @Nullable Lease lend(Set<Upstream> except) {
    return forwarder.pool().lend(outgoing.key().again(tries.begun()), except);
  }

  private void attempt(Lease lease, boolean fresh) {
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
    var failed =
        new RetryPolicy.Failed(
            outgoing.method(), why, tries.sent(), false, isBodyLost(), false, false, true);
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
    LOG.debug("{} at {} failed", outgoing.shownPath(), upstream.id(), how.cause());
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
          outgoing.method(),
          outgoing.shownPath(),
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
            outgoing.method(),
            how.why(),
            tries.sent(),
            how.answered(),
            isBodyLost(),
            how.untouched(),
            how.pooled(),
            tries.hadFresh());
    return tries.inTime() ? RetryPolicy.after(failed, forwarder.retry()) : RetryPolicy.Step.GIVE_UP;
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
    LOG.debug("{} {}: the client's body failed", outgoing.method(), outgoing.shownPath(), cause);
    facts.journal().clientFailed(FailureStatus.isDeparture(cause));
    end(FailureStatus.ofClient(cause));
  }

  /** Gives up if the client has left; on another thread, since an answer may have to wait. */
  void lookAtClient() throws UnfitException {
    HttpClient threads = forwarder.client();
    if (client.hasLeft(work -> onThread(threads, work))) {
      onThread(threads, () -> giveUp(new ClosedChannelException()));
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
}
