package dev.gatehouse.cache;

import dev.gatehouse.cache.CacheCounters.Event;
import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One request's turn at the cache, from the look to the last byte; a request that has waited for
 * another has a second one.
 */
final class Turn {
  private static final int MOST_AT_ONCE = 65_536; // bytes that the asking thread writes itself

  private final CacheParts parts;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final @Nullable AsyncContext async;
  private final Exchange exchange;
  private final String method;
  private final Fields asked;
  private @Nullable Fields sent;
  private final String key;
  private final OptionalLong patience;
  private final long purgesBefore;

  /**
   * @param sent the fields that the origin gets; null: not known yet
   * @param key with the body, if the request has one
   * @param async if the request is asynchronous by now
   * @param patience until when it may wait for another, by a monotonic clock; empty: it has not
   *     waited yet
   */
  Turn(
      CacheParts parts,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable AsyncContext async,
      @Nullable Fields sent,
      String key,
      OptionalLong patience) {
    this.parts = parts;
    this.request = request;
    this.response = response;
    this.async = async;
    this.exchange = Exchange.of(request);
    this.method = request.getMethod();
    this.asked = ServletFields.of(request);
    this.sent = sent;
    this.key = key;
    this.patience = patience;
    this.purgesBefore = parts.purges().count();
  }

  /**
   * Looks, and answers or goes on.
   *
   * @param onward what comes behind the cache
   * @param mayWait whether the request may wait for another's response
   */
  void take(FilterChain onward, boolean mayWait) throws IOException, ServletException {
    Instant now = parts.clock().instant();
    Variants.Found found = parts.variants().find(key, this::sent);
    CacheDecision decision = parts.policy().decide(asked, found.response(), found.absent(), now);
    if (decision instanceof CacheDecision.FromStore use) {
      Answer answer = Conditions.evaluate(method, asked, use.stored(), now);
      if (answer instanceof Answer.ForOrigin) {
        fetch(onward, found, Optional.empty(), Forward.REQUEST, false);
      } else {
        hit(use, answer, found.under());
      }
    } else if (decision instanceof CacheDecision.Revalidate stale) {
      fetch(onward, found, Optional.of(stale.stored()), stale.reason(), mayWait);
    } else if (decision instanceof CacheDecision.Miss miss) {
      fetch(onward, found, Optional.empty(), miss.reason(), mayWait);
    } else if (decision instanceof CacheDecision.Unsatisfiable) {
      CacheStatus status = CacheStatus.unsatisfied().withDetail("only-if-cached");
      exchange.tellInOwnAnswers(() -> parts.reporter().of(status, key, List.of()));
      OwnAnswer.send(request, response, HttpServletResponse.SC_GATEWAY_TIMEOUT);
      finish();
    } else {
      throw new IllegalStateException("no such decision: " + decision);
    }
  }

  /** Most hits need none of it. */
  private Fields sent() {
    Fields known = sent;
    if (known == null) {
      known = parts.sent().apply(request);
      sent = known;
    }
    return known;
  }

  private void hit(CacheDecision.FromStore use, Answer answer, String under) throws IOException {
    boolean stale = use instanceof CacheDecision.StaleHit;
    if (use instanceof CacheDecision.StaleHit late && late.refresh()) {
      new Refresh(parts, purgesBefore).begin(request, key, under, use.stored());
    }
    parts.counters().count(stale ? Event.STALE : Event.HIT);
    CacheStatus status = CacheStatus.hit().withTtl(use.ttl());
    Reply reply = Reply.of(use.stored(), answer, method, use.age());
    CacheStatus all = patience.isPresent() ? status.withCollapsed() : status;
    deliver(reply.with(parts.reporter().of(all, key, List.of())));
  }

  private void deliver(Reply reply) throws IOException {
    parts.counters().delivered(reply.length(), true);
    reply.head().sendTo(response);
    exchange.journal().answeredFromStore();
    if (reply.head().status() == HttpServletResponse.SC_NOT_MODIFIED) {
      response.flushBuffer(); // at the end Jetty would state a length of zero (RFC 9110 §8.6)
      finish();
      return;
    }
    if (async == null && reply.length() <= MOST_AT_ONCE) {
      if (reply.length() > 0) {
        exchange.journal().sent(reply.length());
        reply.writeTo(response.getOutputStream());
      }
      return;
    }
    AsyncContext own = async;
    if (own == null) {
      own = new BoundRequest(request, response).startAsync();
      own.setTimeout(0); // later Undertow refuses it
    }
    Client client = new Client(exchange, own);
    BodyPump pump =
        new BodyPump(
            response.getOutputStream(),
            reply.body(),
            reply.from(),
            (long) reply.from() + reply.length(),
            parts.executor(),
            exchange.journal(),
            client);
    if (!pump.start()) {
      throw new IllegalStateException("what is whole can be read");
    }
    client.stops(pump);
  }

  /** Ends an asynchronous request that was answered by this thread. */
  private void finish() {
    if (async != null) {
      exchange.done();
      async.complete();
    }
  }

  private void fetch(
      FilterChain onward,
      Variants.Found found,
      Optional<StoredResponse> stored,
      Forward reason,
      boolean mayWait)
      throws IOException, ServletException {
    exchange.tellInOwnAnswers(() -> unanswered(reason));
    Fields fields = sent();
    boolean shares = mayWait && parts.config().lock().enabled() && isUsual(request, fields);
    Flight own = new Flight();
    String under = found.under();
    if (shares && !parts.flights().isSolitary(under)) {
      Flight flight = parts.flights().lead(under, own);
      if (flight != own) {
        new Waiter(parts, request, response, async, fields, key, patience()).wait(flight);
        return;
      }
    }
    Fetch fetch;
    try {
      fetch =
          new Fetch(
                  parts,
                  exchange,
                  request,
                  response,
                  fields,
                  key,
                  under,
                  own,
                  stored,
                  reason,
                  patience.isPresent())
              .after(purgesBefore)
              .counted();
    } catch (RuntimeException e) { // nobody else would end it, and others wait for it
      parts.flights().end(under, own);
      own.landed();
      throw e;
    }
    fetch.go(onward);
  }

  private Fields unanswered(Forward reason) {
    CacheStatus failed = CacheStatus.forwarded(reason).withDetail(HttpCache.UNANSWERED);
    return parts.reporter().of(failed, key, List.of());
  }

  /** All its waits together have one. */
  private long patience() {
    return patience.isPresent()
        ? patience.getAsLong()
        : parts.nanoTime().getAsLong() + parts.config().lock().timeout().toNanos();
  }

  /** Whether others may wait for its response: one that is whole, and for anybody. */
  static boolean isUsual(HttpServletRequest request, Fields fields) {
    if (request.getMethod().equals("HEAD")) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      if (isForOneOnly(fields.name(i))) {
        return false;
      }
    }
    return true;
  }

  /** By length, since this is asked of every field. */
  private static boolean isForOneOnly(String name) {
    return switch (name.length()) {
      case 5 -> name.equalsIgnoreCase("Range");
      case 8 -> name.equalsIgnoreCase("If-Match");
      case 13 -> name.equalsIgnoreCase("If-None-Match") || name.equalsIgnoreCase("Authorization");
      case 17 -> name.equalsIgnoreCase("If-Modified-Since");
      case 19 -> name.equalsIgnoreCase("If-Unmodified-Since");
      default -> false;
    };
  }
}
