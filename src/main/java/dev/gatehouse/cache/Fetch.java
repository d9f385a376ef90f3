package dev.gatehouse.cache;

import dev.gatehouse.cache.CacheCounters.Event;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Methods;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Head;
import dev.gatehouse.servlet.HeldResponse;
import dev.gatehouse.servlet.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request on its way to the origin and back: what its head says decides what goes to the client,
 * to others and into the store.
 */
final class Fetch {
  private final CacheParts parts;
  private final Exchange exchange;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Flight flight;
  private final Optional<StoredResponse> stored;
  private final boolean waited;
  private final Optional<Bypass> bypass;
  private final CacheStatus forwarded;
  private final AtomicBoolean landed = new AtomicBoolean();
  private volatile boolean sharing;
  private volatile boolean fromStore;
  private Inquiry inquiry;
  private boolean counted;

  /**
   * @param fields of the client's request, as the origin gets them
   * @param under the key of what is to be validated, or will be stored
   * @param stored what is to be validated
   */
  Fetch(
      CacheParts parts,
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      Fields fields,
      String key,
      String under,
      Flight flight,
      Optional<StoredResponse> stored,
      Forward reason,
      boolean waited) {
    this.parts = parts;
    this.exchange = exchange;
    this.request = request;
    this.response = response;
    this.flight = flight;
    this.stored = stored;
    this.waited = waited;
    this.bypass = parts.policy().bypass(reason, fields);
    this.forwarded = CacheStatus.forwarded(reason).withDetail(bypass.map(Bypass::word).orElse(""));
    String method = request.getMethod();
    Fields sent = stored.map(old -> Validators.validating(method, fields, old)).orElse(fields);
    this.inquiry =
        new Inquiry(
            method, fields, sent, key, under, parts.clock().instant(), parts.purges().count());
  }

  /**
   * Looks from there on for purges of what comes; else from when it was made.
   *
   * @param purges how many there were when what is stored was looked for
   */
  Fetch after(long purges) {
    inquiry = inquiry.after(purges);
    return this;
  }

  /** Counts what comes of it: a client waits for it. */
  Fetch counted() {
    counted = true;
    bypass.ifPresent(parts.counters()::count);
    return this;
  }

  private void count(Event event) {
    if (counted) {
      parts.counters().count(event);
    }
  }

  void go(FilterChain onward) throws IOException, ServletException {
    exchange.whenDone(this::over);
    HeldResponse held = new HeldResponse(response, this::choose);
    onward.doFilter(
        inquiry.isValidating() ? Validation.request(request, stored.orElseThrow()) : request, held);
    if (!exchange.isAsynchronous()) {
      held.settle(); // an answer without a body
    }
  }

  /** The exchange is over, whatever came of it. */
  private void over() {
    if (counted) {
      parts.counters().delivered(exchange.journal().bytesOut().orElse(0), fromStore);
    }
    if (!sharing) {
      land(flight::landed);
    }
  }

  private void land(Runnable how) {
    if (landed.compareAndSet(false, true)) {
      parts.flights().end(inquiry.under(), flight);
      how.run();
    }
  }

  /** The head is there: what becomes of it and of the body. */
  private ServletOutputStream choose(Head head, HttpServletResponse to) throws IOException {
    try {
      return chosen(head, to);
    } catch (IOException | RuntimeException e) {
      land(flight::landed); // there is no stream that would
      throw e;
    }
  }

  private ServletOutputStream chosen(Head head, HttpServletResponse to) throws IOException {
    Instant now = parts.clock().instant();
    Head others = new Head(head.status(), head.fields().less(exchange.clientsOwn()));
    boolean fromOrigin = exchange.journal().isFromBackend();
    if (stored.isPresent()) {
      StoredResponse old = stored.get();
      if (fromOrigin && head.status() == 304 && inquiry.isValidating()) {
        return validated(others, old, to, now);
      }
      Optional<Failure> failure = Failure.of(head.status(), fromOrigin, exchange.isAsynchronous());
      Optional<CacheDecision.FromStore> standIn =
          failure.flatMap(how -> parts.policy().onFailure(inquiry.fields(), old, how, now));
      if (standIn.isPresent()) {
        return standIn(standIn.get(), failure.orElseThrow(), head, to, now);
      }
    }
    if (!fromOrigin) {
      return passOwn(head, to);
    }
    if (inquiry.method().equals("HEAD") && stored.isPresent()) {
      new Revision(parts, inquiry).byHead(others, stored.get(), now);
    }
    StorageDecision decision =
        parts
            .storage()
            .decide(
                inquiry.method(),
                inquiry.sent(),
                head.status(),
                others.fields(),
                inquiry.asked(),
                now);
    if (!Methods.isSafe(inquiry.method())) {
      boolean kept = decision instanceof StorageDecision.Store;
      CacheKey.target(inquiry.key())
          .ifPresent(
              target ->
                  parts.changed(inquiry.method(), head.status(), target, others.fields(), kept));
    }
    if (decision instanceof StorageDecision.Store store) {
      return keep(head, store, to, now);
    }
    if (decision instanceof StorageDecision.Refuse refuse) {
      return refuse(refuse.reason(), head, to);
    }
    throw new IllegalStateException("no such decision: " + decision);
  }

  private ServletOutputStream passOwn(Head head, HttpServletResponse to) throws IOException {
    count(Event.MISS);
    boolean left = exchange.journal().outcome(head.status()) == Outcome.CLIENT_GONE;
    land(left ? flight::landed : flight::dissolve); // who has left says nothing of the origin
    return pass(head, forwarded.withDetail(HttpCache.UNANSWERED), to, false);
  }

  private ServletOutputStream refuse(Refusal reason, Head head, HttpServletResponse to)
      throws IOException {
    parts.counters().count(reason);
    count(Event.MISS);
    if (reason.concernsOthers() && Turn.isUsual(request, inquiry.fields())) {
      parts.flights().remember(inquiry.under());
      if (stored.isPresent() && head.status() < 500) { // which may be over soon
        parts.variants().remove(inquiry.under());
      }
    }
    land(flight::dissolve);
    return pass(head, forwarded.withDetail(reason.word()), to, true);
  }

  private ServletOutputStream pass(
      Head head, CacheStatus status, HttpServletResponse to, boolean fromOrigin)
      throws IOException {
    parts.reporter().on(head, status, inquiry.key(), fromOrigin).sendTo(to);
    return to.getOutputStream();
  }

  private ServletOutputStream keep(
      Head head, StorageDecision.Store store, HttpServletResponse to, Instant now)
      throws IOException {
    Deposit deposit =
        Deposit.of(
            parts, inquiry.key(), inquiry.fields(), inquiry.purgesBefore(), head, store, now);
    Capture capture = deposit.capture();
    boolean fits = capture.fits();
    if (!fits && !flight.hasFollowers()) {
      return refuse(Refusal.NO_ROOM, head, to);
    }
    count(Event.MISS);
    CacheStatus told = fits ? forwarded.withStored() : forwarded.withDetail(Refusal.NO_ROOM.word());
    parts.reporter().on(head, told, inquiry.key(), true).sendTo(to);
    sharing = true;
    boolean reusable = store.freshness().isFreshAt(now);
    if (!reusable) { // §4: else each client's own answer would serve the others
      parts.flights().remember(inquiry.under());
      land(flight::dissolve);
    }
    ServletOutputStream stream =
        new CaptureStream(
            to.getOutputStream(),
            capture,
            flight::hasFollowers,
            parts.executor(),
            exchange.journal(),
            () -> store(deposit, capture),
            () -> land(flight::landed));
    if (reusable) {
      flight.share(() -> deposit.head(forwarded.withCollapsed()), capture, deposit::fits);
    }
    return stream;
  }

  /** All bytes are there. */
  private void store(Deposit deposit, Capture capture) {
    try {
      if (!deposit.put(capture)) {
        parts.flights().remember(inquiry.under());
      }
    } finally {
      land(flight::landed);
    }
  }

  private ServletOutputStream validated(
      Head head, StoredResponse old, HttpServletResponse to, Instant now) throws IOException {
    count(Event.REVALIDATED);
    StoredResponse current = new Revision(parts, inquiry).validated(head.fields(), old, now);
    ServletOutputStream stream = validation(304).sendCurrent(current, to, now);
    fromStore = true;
    if (current.freshness().isFreshAt(now)) {
      land(flight::landed);
    } else { // each has to ask, and none for the others
      parts.flights().remember(inquiry.under());
      land(flight::dissolve);
    }
    return stream;
  }

  private ServletOutputStream standIn(
      CacheDecision.FromStore use, Failure failure, Head head, HttpServletResponse to, Instant now)
      throws IOException {
    count(Event.STALE);
    Validation validation = validation(head.status());
    ServletOutputStream stream = validation.sendStale(use, to, now);
    fromStore = true;
    validation.share(use, failure, flight, now);
    land(flight::landed);
    return stream;
  }

  private Validation validation(int status) {
    CacheStatus told = forwarded.withForwardStatus(status);
    return new Validation(parts, exchange, inquiry, waited ? told.withCollapsed() : told);
  }
}
