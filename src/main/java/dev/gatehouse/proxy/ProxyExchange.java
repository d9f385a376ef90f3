package dev.gatehouse.proxy;

import dev.gatehouse.balance.Ending;
import dev.gatehouse.balance.Lease;
import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.Waiting;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.UnfitException;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one forwarded request: lend a backend, try it, try another where that is safe, and
 * end with a whole answer, an own answer, or a visibly broken one.
 *
 * <p>Once it is over, the container may use request and response for somebody else: what an attempt
 * needs of them is taken at the beginning.
 */
final class ProxyExchange implements AsyncListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyExchange.class);

  private final Forwarder forwarder;
  private final BoundRequest request;
  private final HttpServletResponse response;
  private final Exchange facts;
  private final String method;
  private final String path;
  private final @Nullable String query;
  private final boolean http1;
  private final String publicHost;
  private final ClientConnection connection;
  private final AsyncContext async;
  private final HttpFields head;
  private final @Nullable ClientBody body;
  private final Set<Upstream> tried = new LinkedHashSet<>(4);
  private int attempts;
  private boolean over; // guarded by this, as is the response's head
  private boolean watched; // since the last look
  private boolean blind; // looks at the client show nothing any more
  private volatile boolean hinting; // which may wait for the client
  private volatile @Nullable ClientStream stream;
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable Waiting waiting;

  ProxyExchange(
      Forwarder forwarder,
      BoundRequest request,
      HttpServletResponse response,
      String path,
      @Nullable ClientBody body) {
    this.forwarder = forwarder;
    this.request = request;
    this.response = response;
    this.method = request.getMethod();
    this.path = path;
    this.query = request.getQueryString();
    this.http1 = request.getProtocol().startsWith("HTTP/1.");
    this.publicHost = RequestHead.publicHost(request);
    this.body = body;
    this.facts = Exchange.of(request);
    this.head = forwarder.requestHead().copy(request, facts);
    this.connection = ClientConnection.of(request);
    if (body != null) {
      facts.journal().receives(body::taken);
    }
    this.async = request.startAsync();
    async.setTimeout(0); // the client's timeouts rule
    async.addListener(this);
  }

  /** Sends the request to a first backend. */
  void forward() {
    Lease lease = lend(Set.of());
    forwarder.departures().add(this);
    if (lease != null) {
      attempt(lease);
    } else {
      await();
    }
  }

  /** All that are available are full, or there are none. */
  private void await() {
    Waiting place = forwarder.pool().await(RequestKey.ANY, this::called);
    waiting = place;
    if (place == null) {
      answer(FailureStatus.UNAVAILABLE);
    } else if (isOver()) {
      place.leave();
    }
  }

  /** The wait has an end; without a lease it was too long. */
  private void called(@Nullable Lease lease) {
    if (lease == null) {
      answer(FailureStatus.UNAVAILABLE);
    } else if (isOver()) {
      lease.close(Ending.cancelled());
    } else {
      attempt(lease);
    }
  }

  private @Nullable Lease lend(Set<Upstream> except) {
    return forwarder.pool().lend(RequestKey.ANY.again(attempts), except);
  }

  private void attempt(Lease lease) {
    try {
      attempts++;
      tried.add(lease.upstream());
      facts.journal().attempt(attempts, lease.upstream().id());
      Attempt next = new Attempt(this, lease, body);
      attempt = next;
      if (isOver()) { // the client left meanwhile, and aborted the attempt before
        lease.close(Ending.cancelled());
        return;
      }
      next.send(head, forwarder.host(publicHost, lease.upstream()));
    } catch (RuntimeException e) { // Jetty's client would swallow it, and nobody would ever answer
      LOG.warn("{} {} could not be sent to {}", method, path, lease.upstream().id(), e);
      lease.close(Ending.cancelled());
      answer(FailureStatus.of(e));
    }
  }

  UpstreamRequest newRequest(Upstream upstream) {
    String there = upstream.basePath().isEmpty() ? path : upstream.basePath() + path;
    var to = new UpstreamRequest(forwarder.client(), upstream, method, there, query, this::hint);
    if (body != null) {
      Trailers.announce(request, to, name -> forwarder.requestHead().isForBackend(name, facts));
    }
    return to;
  }

  ProxyConfig.Client timeouts() {
    return forwarder.timeouts();
  }

  /** Passes the head of a response on. */
  synchronized void begin(Response from, Upstream upstream) {
    if (over) {
      throw new IllegalStateException("over");
    }
    String sentHost = forwarder.host(publicHost, upstream);
    forwarder.responseHead().copy(from, upstream, sentHost, request, response);
    Trailers.announce(from, request, response);
    connection.prepare(response);
    facts.journal().answeredByBackend();
  }

  /** Passes a 103 on; a client that can't be written to is found out by the answer. */
  private synchronized void hint(HttpFields fields) {
    if (over || stream != null) {
      return;
    }
    hinting = true;
    try {
      EarlyHints.send(fields, connection, request, response);
    } catch (IOException | RuntimeException e) {
      LOG.debug("no early hints for {}", path, e);
    } finally {
      hinting = false;
    }
  }

  synchronized ClientStream newStream(
      Content.Source source, Runnable written, Consumer<Throwable> broken) throws IOException {
    if (over) {
      throw new IllegalStateException("over");
    }
    ClientStream next =
        new ClientStream(response.getOutputStream(), source, written, broken, facts.journal());
    stream = next;
    return next;
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** Ends the exchange; true for the one caller who has to carry it out. */
  private synchronized boolean finish() {
    boolean first = !over;
    over = true;
    if (first) {
      forwarder.departures().remove(this);
      Waiting place = waiting;
      if (place != null) {
        place.leave();
      }
    }
    return first;
  }

  /** The response is whole: closing says so to every filter's stream. */
  void succeed() {
    if (finish()) {
      try {
        response.getOutputStream().close();
      } catch (IOException | RuntimeException e) {
        facts.journal().clientGone();
        LOG.debug("client went away at the end of {}", path, e);
      }
      complete();
    }
  }

  /** An attempt has failed: another one, an own answer, or a broken message. */
  void fail(
      Upstream upstream, Throwable failure, boolean sending, boolean answered, boolean bodyRead) {
    LOG.debug("{} at {} failed", path, upstream.id(), failure);
    if (isOver()) {
      return;
    }
    var failed = new RetryPolicy.Failed(method, attempts, sending, answered, bodyRead, failure);
    Lease next = next(failed);
    if (next != null) {
      attempt(next);
      return;
    }
    LOG.info(
        "{} {} not answered by {}: {}", method, path, upstream.id(), FailureStatus.reason(failure));
    end(FailureStatus.of(failure));
  }

  /** The client's body has failed: it left, stalled, or framed it wrongly. */
  void readingFailed(Throwable cause) {
    LOG.debug("{} {}: the client's body failed", method, path, cause);
    facts.journal().clientFailed(FailureStatus.isDeparture(cause));
    end(FailureStatus.ofClient(cause));
  }

  /** The response can't be written: the client has left, or what writes is broken. */
  void writingFailed(Throwable cause) {
    LOG.debug("{} {}: the answer can't be written", method, path, cause);
    if (cause instanceof IOException) {
      facts.journal().clientGone();
      abandon(); // the container knows, and has nobody to write to
    } else if (cause instanceof TimeoutException) { // Jetty's, for a client that reads no more
      facts.journal().clientGone();
      breakOff(FailureStatus.ofClient(cause));
    } else {
      LOG.warn("{} {}: the answer can't be written", method, path, cause); // no client does that
      breakOff(FailureStatus.of(cause));
    }
  }

  /** Where to go after a failure; null: nowhere. */
  private @Nullable Lease next(RetryPolicy.Failed failed) {
    if (!RetryPolicy.retries(failed, forwarder.retry())) {
      return null;
    }
    Lease untried = lend(tried);
    // a pooled connection that broke says little of the backend: the same one, if there is no other
    return untried != null || !failed.sending() ? untried : lend(Set.of());
  }

  private void end(int status) {
    if (stream != null) {
      breakOff(status);
    } else {
      answer(status);
    }
  }

  private void answer(int status) {
    if (!finish()) {
      return;
    }
    boolean closes = http1 && body != null && !body.isFinished();
    try {
      OwnAnswer.send(request, response, status, forwarder.fieldsOf(status, closes));
      response.getOutputStream().close();
    } catch (IOException | RuntimeException e) {
      facts.journal().clientGone();
      LOG.debug("client went away before it was answered {}", status, e);
    }
    complete();
  }

  /** Cuts the message, so that what is there of it does not look whole. */
  private void breakOff(int statusIfNothingIsSent) {
    if (!finish()) {
      return;
    }
    facts.brokenOff(statusIfNothingIsSent);
    letGoOfBody();
    try {
      async.dispatch("/"); // to ReverseProxyServlet.breakOff
    } catch (IllegalStateException e) {
      facts.done();
      LOG.debug("the container had ended {} already", path, e);
    }
  }

  /** Before the container takes the request back, nobody may be reading from it. */
  private void letGoOfBody() {
    if (body != null && !body.isFinished()) {
      body.end(new IOException("the exchange is over"));
    }
  }

  /** Ends the exchange without an answer: nobody is there to read it. */
  private void abandon() {
    if (finish()) {
      complete();
    }
  }

  /** Says so itself: Jetty tells no listener when it aborts a message that is too short. */
  private void complete() {
    letGoOfBody();
    facts.done();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("the container had ended {} already", path, e);
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

  /**
   * Gives up if the client has left. Nobody else reads from its connection meanwhile: the request
   * is read, and the exchange can't end while this holds the lock. Young exchanges are left alone.
   */
  void lookAtClient() throws UnfitException {
    if (hinting) {
      return; // who looks at all clients must not wait for one
    }
    if (!http1 && body != null && !isOver()) {
      body.lookForEnd();
    }
    ClientConnection.Look look;
    synchronized (this) {
      boolean reading = http1 && body != null && !body.isFinished(); // HTTP/2 is not read by a look
      if (over || blind || !watched || reading) {
        watched = true;
        return;
      }
      ClientStream writing = stream;
      if (writing != null && !writing.hold()) {
        return; // data flow, and tell of a client that leaves
      }
      try {
        look = connection.look();
      } catch (RuntimeException e) { // what the container says of this one client
        LOG.debug("the client of {} can't be looked at", path, e);
        look = ClientConnection.Look.BLIND;
      } finally {
        if (writing != null) {
          writing.letGo();
        }
      }
      blind = look == ClientConnection.Look.BLIND;
    }
    if (look == ClientConnection.Look.GONE) {
      giveUp(new ClosedChannelException());
    }
  }

  private void giveUp(Throwable cause) {
    facts.journal().clientFailed(FailureStatus.isDeparture(cause));
    if (body != null) {
      body.end(cause);
    }
    end(FailureStatus.ofClient(cause)); // not abandoned: Undertow would make a 200 of it
    if (stream != null) {
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
