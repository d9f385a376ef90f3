package dev.gatehouse.cache;

import dev.gatehouse.cache.CacheCounters.Event;
import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.BodyStream;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Head;
import dev.gatehouse.servlet.HeldResponse;
import dev.gatehouse.servlet.Outcome;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request on its way to the origin and back, and what is kept of what it brings. */
final class Fetch {
  private final CacheParts parts;
  private final Exchange exchange;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final String method;
  private final Fields fields;
  private final Fields sent;
  private final String key;
  private final String under;
  private final Flight flight;
  private final Optional<StoredResponse> stored;
  private final boolean waited;
  private final Instant asked;
  private final Optional<Bypass> bypass;
  private final CacheStatus forwarded;
  private final AtomicBoolean landed = new AtomicBoolean();
  private volatile boolean sharing;
  private volatile boolean fromStore;
  private long purgesBefore;
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
    this.method = request.getMethod();
    this.fields = fields;
    this.key = key;
    this.under = under;
    this.flight = flight;
    this.stored = stored;
    this.waited = waited;
    this.asked = parts.clock().instant();
    this.purgesBefore = parts.purges().count();
    this.bypass = parts.policy().bypass(reason, fields);
    this.forwarded = CacheStatus.forwarded(reason).withDetail(bypass.map(Bypass::word).orElse(""));
    this.sent = stored.map(old -> Validators.validating(method, fields, old)).orElse(fields);
  }

  /**
   * Looks from there on for purges of what comes; else from when it was made.
   *
   * @param purges how many there were when what is stored was looked for
   */
  Fetch after(long purges) {
    purgesBefore = purges;
    return this;
  }

  /** Counts what comes of it: a client waits for it. */
  Fetch counted() {
    counted = true;
    bypass.ifPresent(parts.counters()::count);
    exchange.whenDone(
        () -> parts.counters().delivered(exchange.journal().bytesOut().orElse(0), fromStore));
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
    onward.doFilter(isValidating() ? validating(request, stored) : request, held);
    if (!exchange.isAsynchronous()) {
      held.settle(); // an answer without a body
    }
  }

  /** With our conditions beside the fields that the client sent, of which we know others. */
  private static HttpServletRequest validating(
      HttpServletRequest request, Optional<StoredResponse> stored) {
    Fields own = ServletFields.of(request);
    Fields fields =
        stored.map(old -> Validators.validating(request.getMethod(), own, old)).orElse(own);
    return ServletFields.with(request, fields);
  }

  @SuppressWarnings("ReferenceEquality") // who validates has made others
  private boolean isValidating() {
    return sent != fields;
  }

  /** The exchange is over, whatever came of it. */
  private void over() {
    if (!sharing) {
      land(flight::landed);
    }
  }

  private void land(Runnable how) {
    if (landed.compareAndSet(false, true)) {
      parts.flights().end(under, flight);
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
    Fields others = head.fields().less(exchange.clientsOwn());
    boolean fromOrigin = exchange.journal().isFromBackend();
    if (stored.isPresent()) {
      StoredResponse old = stored.get();
      if (fromOrigin && head.status() == 304 && isValidating()) {
        return validated(new Head(304, others), old, to, now);
      }
      Optional<Failure> failure = failure(head, fromOrigin);
      if (failure.isPresent()) {
        Optional<CacheDecision.FromStore> standIn =
            parts.policy().onFailure(fields, old, failure.get(), now);
        if (standIn.isPresent()) {
          return standIn(standIn.get(), head, to, now);
        }
      }
    }
    if (!fromOrigin) {
      count(Event.MISS);
      boolean left = exchange.journal().outcome(head.status()) == Outcome.CLIENT_GONE;
      land(left ? flight::landed : flight::dissolve); // who has left says nothing of the origin
      return pass(head, forwarded.withDetail(HttpCache.UNANSWERED), to, false);
    }
    if (method.equals("HEAD")) {
      updateByHead(new Head(head.status(), others), now);
    }
    StorageDecision decision =
        method.equals("GET") && exchange.sendsBody()
            ? new StorageDecision.Refuse(Refusal.REQUEST_BODY)
            : parts.storage().decide(method, sent, head.status(), others, asked, now);
    if (decision instanceof StorageDecision.Store store) {
      return keep(head, store, to, now);
    }
    if (decision instanceof StorageDecision.Refuse refuse) {
      parts.counters().count(refuse.reason());
      count(Event.MISS);
      if (refuse.reason().concernsOthers() && Turn.isUsual(request, fields)) {
        parts.flights().remember(under);
        if (stored.isPresent() && head.status() < 500) { // which may be over soon
          parts.variants().remove(under);
        }
      }
      land(flight::dissolve);
      return pass(head, forwarded.withDetail(refuse.reason().word()), to, true);
    }
    throw new IllegalStateException("no such decision: " + decision);
  }

  private Optional<Failure> failure(Head head, boolean fromOrigin) {
    if (fromOrigin) {
      return Failure.of(head.status());
    }
    // an answer of ours is ended by who waits for a backend, and else ends with this request
    return head.status() >= 500 && exchange.isAsynchronous()
        ? Optional.of(Failure.UNREACHABLE)
        : Optional.empty();
  }

  private ServletOutputStream pass(
      Head head, CacheStatus status, HttpServletResponse to, boolean fromOrigin)
      throws IOException {
    parts.reporter().on(head, status, key, fromOrigin).sendTo(to);
    return to.getOutputStream();
  }

  private Head with(Head head, CacheStatus status) {
    return parts.reporter().on(head, status, key, true);
  }

  private ServletOutputStream keep(
      Head head, StorageDecision.Store store, HttpServletResponse to, Instant now)
      throws IOException {
    count(Event.MISS);
    long length = length(head);
    Capture capture = new Capture(parts.config().maxObjectSize(), length);
    Head passed = with(head, forwarded.withStored());
    passed.sendTo(to);
    List<String> names = parts.variants().selecting(store.fields().all("Vary"));
    String selecting = CacheKey.variant("", 0, names, fields);
    sharing = true;
    Runnable whole = () -> store(head.status(), store, names, capture, length, now);
    BodyStream stream =
        new CaptureStream(
            to.getOutputStream(),
            capture,
            flight::hasFollowers,
            parts.executor(),
            whole,
            () -> land(flight::landed));
    CacheStatus shared = forwarded.withCollapsed();
    String age = Long.toString(store.freshness().initialAge().toSeconds());
    Head others = with(new Head(head.status(), store.fields().with("Age", age)), shared);
    flight.share(
        others, capture, request -> CacheKey.variant("", 0, names, request).equals(selecting));
    return stream;
  }

  /** What the head says; negative: nothing. */
  static long length(Head head) {
    try {
      return head.fields().first("Content-Length").map(Long::parseLong).orElse(-1L);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** All bytes are there. */
  private void store(
      int status,
      StorageDecision.Store store,
      List<String> names,
      Capture capture,
      long length,
      Instant now) {
    try {
      storeNow(status, store, names, capture, length, now);
    } finally {
      land(flight::landed);
    }
  }

  private void storeNow(
      int status,
      StorageDecision.Store store,
      List<String> names,
      Capture capture,
      long length,
      Instant now) {
    byte[] body = capture.body();
    if (body == null || (length >= 0 && body.length != length)) {
      parts.counters().count(body == null ? Refusal.TOO_LARGE : Refusal.INCOMPLETE);
      parts.flights().remember(under);
    } else {
      Fields selecting = fields.keep(name -> isIn(names, name));
      StoredResponse whole =
          new StoredResponse(
              status, store.fields(), store.tags(), body, store.freshness(), selecting, now);
      parts.keep(key, fields, whole, purgesBefore);
    }
  }

  static boolean isIn(List<String> names, String name) {
    for (String each : names) {
      if (each.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** The origin says that what is stored is current (§4.3.3, §4.3.4). */
  private ServletOutputStream validated(
      Head head, StoredResponse old, HttpServletResponse to, Instant now) throws IOException {
    count(Event.REVALIDATED);
    StoredResponse current = Update.isCurrent(head.fields(), old) ? updated(head, old, now) : old;
    CacheStatus status = forwarded.withForwardStatus(304).withTtl(ttl(current, now));
    return inItsPlace(current, status, to, now);
  }

  private StoredResponse updated(Head head, StoredResponse old, Instant now) {
    Fields merged = Update.merged(all(old.fields(), old.tags()), head.fields(), now);
    StorageDecision decision =
        parts.storage().decide("GET", sent, old.status(), merged, asked, now);
    if (decision instanceof StorageDecision.Store store) {
      StoredResponse anew =
          new StoredResponse(
              old.status(),
              store.fields(),
              store.tags(),
              old.body(),
              store.freshness(),
              old.selecting(),
              now);
      parts.update(key, under, anew, purgesBefore);
      return anew;
    }
    if (decision instanceof StorageDecision.Refuse refuse && refuse.reason().concernsOthers()) {
      parts.variants().remove(under);
    }
    Fields shown = merged.keep(name -> !parts.config().isTag(name));
    return new StoredResponse(
        old.status(), shown, old.body(), old.freshness(), old.selecting(), now);
  }

  private static Fields all(Fields some, Fields more) {
    Fields all = some;
    for (int i = 0; i < more.size(); i++) {
      all = all.plus(more.name(i), more.value(i));
    }
    return all;
  }

  private ServletOutputStream standIn(
      CacheDecision.FromStore use, Head head, HttpServletResponse to, Instant now)
      throws IOException {
    count(Event.STALE);
    CacheStatus status = forwarded.withForwardStatus(head.status()).withTtl(ttl(use.stored(), now));
    return inItsPlace(use.stored(), status, to, now);
  }

  private ServletOutputStream inItsPlace(
      StoredResponse current, CacheStatus status, HttpServletResponse to, Instant now)
      throws IOException {
    Answer evaluated = Conditions.evaluate(method, fields, current, now);
    Answer answer = evaluated instanceof Answer.ForOrigin ? new Answer.Whole() : evaluated;
    long age = current.freshness().ageAt(now).toSeconds();
    Reply reply =
        Reply.of(current, answer, method, age)
            .with(parts.reporter().of(waited ? status.withCollapsed() : status, key, List.of()));
    to.reset();
    exchange.id().addTo(to);
    reply.head().sendTo(to);
    exchange.journal().answeredFromStore();
    fromStore = true;
    land(flight::landed);
    ServletOutputStream output = to.getOutputStream();
    return new StoredStream(
        output,
        then -> {
          exchange.journal().answeredFromStore(); // what was dropped does not count
          new BodyPump(
                  output,
                  reply.body(),
                  reply.from(),
                  (long) reply.from() + reply.length(),
                  parts.executor(),
                  exchange.journal(),
                  new Then(output, then))
              .start();
        });
  }

  /** Hands the end of a stored body on to who ends the exchange. */
  private record Then(ServletOutputStream output, Runnable then) implements BodyPump.Ending {
    @Override
    public void written() {
      try {
        output.close();
      } catch (IOException | RuntimeException e) {
        // the client has gone, and the container knows
      }
      then.run();
    }

    @Override
    public void broken() {
      then.run();
    }

    @Override
    public void failed(Throwable cause) {
      then.run();
    }
  }

  private void updateByHead(Head head, Instant now) {
    if (stored.isEmpty()) {
      return;
    }
    StoredResponse old = stored.get();
    Update.Effect effect = Update.ofHead(head.status(), head.fields(), old);
    if (effect == Update.Effect.UPDATE) {
      var unused = updated(head, old, now);
    } else if (effect == Update.Effect.STALE) {
      parts.variants().remove(under);
    }
  }

  private static long ttl(StoredResponse stored, Instant now) {
    return stored.freshness().lifetime().minus(stored.freshness().ageAt(now)).toSeconds();
  }
}
