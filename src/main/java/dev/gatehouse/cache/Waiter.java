package dev.gatehouse.cache;

import dev.gatehouse.cache.CacheCounters.Event;
import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Head;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request that waits for another one's response, without a thread. */
final class Waiter implements Flight.Follower, AsyncListener {
  private final CacheParts parts;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Exchange exchange;
  private final Fields fields;
  private final String key;
  private final long deadlineNanos;
  private final AtomicBoolean called = new AtomicBoolean();
  private @Nullable AsyncContext async;
  private volatile @Nullable Flight flight;
  private volatile boolean refused; // by the capture
  private volatile boolean gone; // the client, or the container has ended the exchange

  Waiter(
      CacheParts parts,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable AsyncContext async,
      Fields fields,
      String key,
      long deadlineNanos) {
    this.parts = parts;
    this.response = response;
    this.exchange = Exchange.of(request);
    this.async = async;
    this.request = async == null ? new BoundRequest(request, response) : request;
    this.fields = fields;
    this.key = key;
    this.deadlineNanos = deadlineNanos;
  }

  /** Waits; looks again if the flight is over. */
  void wait(Flight other) {
    flight = other;
    AsyncContext begun = async;
    if (begun == null) {
      begun = request.startAsync();
      begun.setTimeout(0);
      async = begun;
    }
    begun.addListener(this); // each wait has its own
    if (!other.follow(this)) {
      again();
    }
  }

  @Override
  public Fields request() {
    return fields;
  }

  @Override
  public boolean readsAlong() {
    return true;
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public void serve(Head head, Capture capture) {
    onThread(
        () -> {
          parts.counters().count(Event.COLLAPSED);
          exchange.whenDone(this::delivered);
          head.sendTo(response);
          exchange.journal().answeredFromStore();
          Client client = new Client(exchange, started());
          BodyPump pump =
              new BodyPump(
                  response.getOutputStream(),
                  capture,
                  0,
                  Long.MAX_VALUE,
                  parts.executor(),
                  exchange.journal(),
                  client);
          if (pump.start()) {
            client.stops(pump);
          } else {
            parts.counters().takeBack(Event.COLLAPSED);
            refused = true;
            response.reset();
            exchange.id().addTo(response);
            look(capture.isBroken()); // that is over; one that goes on would be found again
          }
        });
  }

  private void delivered() {
    if (!refused) { // else whoever has served it counts
      parts.counters().delivered(exchange.journal().bytesOut().orElse(0), true);
    }
  }

  @Override
  public void again() {
    onThread(() -> look(true));
  }

  @Override
  public void alone() {
    onThread(() -> look(false));
  }

  private void look(boolean mayWait) throws IOException, ServletException {
    new Turn(parts, request, response, started(), fields, key, OptionalLong.of(deadlineNanos))
        .take(parts.onward(), mayWait);
  }

  private AsyncContext started() {
    AsyncContext begun = async;
    if (begun == null) {
      throw new IllegalStateException("not waiting");
    }
    return begun;
  }

  /** Work that may fail. */
  private interface Work {
    void run() throws IOException, ServletException;
  }

  private void onThread(Work work) {
    if (!called.compareAndSet(false, true)) {
      return; // the client has left
    }
    try {
      parts.executor().execute(() -> carryOut(work));
    } catch (RejectedExecutionException e) { // the application stops
      failed(e);
    }
  }

  private void carryOut(Work work) {
    if (gone) {
      exchange.journal().clientGone();
      complete();
      return;
    }
    try {
      work.run();
    } catch (IOException | ServletException | RuntimeException e) {
      failed(e);
    }
  }

  private void failed(Exception cause) {
    givenUp().because(cause);
  }

  @Override
  public void onError(AsyncEvent event) {
    leave();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    leave();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    gone = true;
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}

  /** The client has left while it waited. */
  private void leave() {
    gone = true;
    Flight waitedFor = flight;
    if (waitedFor != null && called.compareAndSet(false, true)) {
      waitedFor.leave(this);
      exchange.journal().clientGone();
      complete();
    }
  }

  private void complete() {
    givenUp().complete();
  }

  private GivenUp givenUp() {
    return new GivenUp(request, response, started());
  }
}
