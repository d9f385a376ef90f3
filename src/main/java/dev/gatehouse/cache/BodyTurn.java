package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Bodies;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A request with a body by which it is told from others: that is read first, without a thread, and
 * then the request has its {@link Turn}.
 */
final class BodyTurn {
  private final CacheParts parts;
  private final BoundRequest request;
  private final HttpServletResponse response;
  private final Exchange exchange;
  private final Fields fields;
  private final Target target;
  private final AsyncContext async;
  private final long deadlineNanos;
  private volatile Bodies.@Nullable Reading reading;
  private volatile boolean late;

  /** Makes the request asynchronous. */
  BodyTurn(
      CacheParts parts,
      HttpServletRequest request,
      HttpServletResponse response,
      Fields fields,
      Target target) {
    this.parts = parts;
    this.exchange = Exchange.of(request);
    this.response = response;
    this.fields = fields;
    this.target = target;
    this.request = new BoundRequest(request, response);
    this.async = this.request.startAsync();
    async.setTimeout(0);
    this.deadlineNanos = parts.nanoTime().getAsLong() + parts.config().lock().timeout().toNanos();
  }

  /**
   * Begins to read.
   *
   * @param over told when it does so no longer; perhaps twice
   */
  void begin(Runnable over) {
    CacheStatus failed = CacheStatus.forwarded(Forward.BYPASS).withDetail(HttpCache.UNANSWERED);
    exchange.tellInOwnAnswers(() -> parts.reporter().of(failed, "", List.of()));
    exchange.whenDone(over);
    reading =
        parts
            .bodies()
            .read(
                request,
                response,
                digest -> {
                  over.run();
                  onRead(digest);
                });
  }

  /** Goes past the cache if it has taken as long as one may wait for another's response. */
  void expire(long nowNanos) {
    Bodies.Reading current = reading;
    if (current != null && nowNanos - deadlineNanos >= 0) {
      late = true;
      current.stop();
    }
  }

  private void onRead(Optional<String> digest) {
    try {
      parts.executor().execute(() -> goOn(digest));
    } catch (RejectedExecutionException e) { // the application stops
      failed(e);
    }
  }

  private void goOn(Optional<String> digest) {
    try {
      if (digest.isPresent()) {
        String body = CacheKey.body(digest.get(), fields);
        String front = HttpCache.front(request);
        String key = CacheKey.of(request.getMethod(), target, body, front);
        new Turn(parts, request, response, async, fields, key, OptionalLong.empty())
            .take(parts.onward(), true);
      } else {
        Bypass why = late ? Bypass.BODY_LATE : Bypass.BODY_SIZE;
        new Passage(parts, request, response, fields, target, why).go(parts.onward());
      }
    } catch (IOException | ServletException | RuntimeException e) {
      failed(e);
    }
  }

  private void failed(Exception cause) {
    new GivenUp(request, response, async).because(cause);
  }
}
