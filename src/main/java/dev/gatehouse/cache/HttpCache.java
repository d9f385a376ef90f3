package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Methods;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Asked;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.HeldResponse;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The cache as its filter, the listener and the status page see it. Thread-safe. */
public final class HttpCache {
  static final String UNANSWERED = "unanswered";
  private static final String PURGE = "PURGE";

  private final CacheParts parts;
  private final CacheStore store;

  /**
   * Puts it together.
   *
   * @param debug whether keys are shown
   * @param consumerField tells the origin whose key came with a request
   * @param onward forwards a request that has waited, without the filters, which it has passed
   * @param sent the fields that the origin gets of a request: it varies by these
   * @param executor runs what others' threads must not
   * @param nanoTime monotonic
   */
  public HttpCache(
      CacheConfig config,
      boolean debug,
      String consumerField,
      CacheStore store,
      FilterChain onward,
      Function<HttpServletRequest, Fields> sent,
      Executor executor,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.store = store;
    this.parts =
        new CacheParts(
            config,
            new CachePolicy(config.rules()),
            new StoragePolicy(config),
            new Variants(store, random, always(config, consumerField)),
            new Flights(nanoTime),
            new CacheCounters(),
            new Purges(),
            new Reporter(config, debug),
            onward,
            sent,
            executor,
            clock,
            nanoTime);
  }

  private static List<String> always(CacheConfig config, String consumerField) {
    List<String> names = new ArrayList<>(config.key().headers());
    if (config.key().perKey()) {
      names.add(consumerField);
    }
    return names;
  }

  /** Lets those go on who have waited for another's response for too long. */
  public void tick() {
    parts.flights().tick(parts.nanoTime().getAsLong());
  }

  /** What it has done. */
  public CacheCounters counters() {
    return parts.counters();
  }

  /** What it holds. */
  public CacheStore.Holding holding() {
    return store.holding();
  }

  /** What its store's tiers hold, by name, from the top. */
  public Map<String, CacheStore.Holding> tiers() {
    return store.tiers();
  }

  /**
   * Forgets what is meant; what is on its way here will not be stored.
   *
   * @param soft it only becomes stale, so that it is asked for anew, and is there when nobody
   *     answers
   * @return how many responses are gone, or were fresh and are stale
   */
  public long purge(PurgeScope scope, boolean soft) {
    begin(scope);
    Instant now = parts.clock().instant();
    long count =
        soft
            ? store.revise(scope::hasKey, each -> scope.has(each) ? each.staleAt(now) : each)
            : store.removeIf(scope::hasKey, scope::has);
    parts.counters().purged(count);
    return count;
  }

  /** First what is on its way is given up, then what is stored: nothing comes between. */
  private void begin(PurgeScope scope) {
    parts.purges().add(scope);
    parts.flights().close(scope::hasKey);
  }

  /** Answers a request, or lets it go on and learns from what comes back. */
  void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String method = request.getMethod();
    Fields fields = parts.sent().apply(request);
    if (isAnsweredFromStore(method) && !StoragePolicy.namesMethod(fields)) {
      String key = CacheKey.of(method, target(request, fields), CacheKey.NO_BODY, front(request));
      new Turn(parts, request, response, null, fields, key).take(chain, true);
    } else if (method.equals(PURGE) && !parts.config().purgeFrom().isEmpty()) {
      Fields told =
          parts.reporter().of(CacheStatus.unsatisfied().withDetail("purge"), "", List.of());
      Exchange.of(request).tellInOwnAnswers(told);
      new PurgeRequest(this, parts.config().purgeFrom(), told)
          .answer(request, response, target(request, fields));
    } else {
      pass(method, request, response, fields, chain);
    }
  }

  private boolean isAnsweredFromStore(String method) {
    return (method.equals("GET") || method.equals("HEAD"))
        && parts.config().key().methods().contains(method);
  }

  private static Target target(HttpServletRequest request, Fields sent) {
    String scheme = request.isSecure() ? "https" : "http";
    return Target.of(
        Exchange.of(request).peerTrusted() ? Front.scheme(sent, scheme) : scheme,
        Asked.authority(request),
        request.getRequestURI(),
        request.getQueryString());
  }

  private static String front(HttpServletRequest request) {
    boolean trusted = Exchange.of(request).peerTrusted();
    return trusted ? Front.said(ServletFields.of(request)) : Front.NONE;
  }

  private static String ofGet(Target target, String front) {
    return CacheKey.of("GET", target, CacheKey.NO_BODY, front);
  }

  /** What is never answered from store; but what it changes is forgotten (§4.4). */
  private void pass(
      String method,
      HttpServletRequest request,
      HttpServletResponse response,
      Fields fields,
      FilterChain chain)
      throws IOException, ServletException {
    parts.counters().count(Bypass.METHOD);
    CacheStatus forwarded = CacheStatus.forwarded(Forward.METHOD);
    Exchange exchange = Exchange.of(request);
    exchange.tellInOwnAnswers(parts.reporter().of(forwarded.withDetail(UNANSWERED), "", List.of()));
    Target target = target(request, fields);
    String front = front(request);
    boolean safe = Methods.isSafe(method);
    Posted posted = new Posted(parts, exchange, method, fields, target, ofGet(target, front));
    HeldResponse held =
        new HeldResponse(
            response,
            (head, to) -> {
              if (!safe) {
                for (Target each : Invalidation.of(method, head.status(), target, head.fields())) {
                  forget(each, ofGet(each, front));
                }
              }
              boolean fromOrigin = exchange.journal().isFromBackend();
              boolean kept = posted.isKept(head);
              String detail = fromOrigin ? Bypass.METHOD.word() : UNANSWERED;
              CacheStatus status = forwarded.withDetail(detail);
              parts
                  .reporter()
                  .on(head, kept ? status.withStored() : status, "", fromOrigin)
                  .sendTo(to);
              return kept ? posted.keeping(to.getOutputStream()) : to.getOutputStream();
            });
    chain.doFilter(request, held);
    if (!request.isAsyncStarted()) {
      held.settle();
    }
  }

  private void forget(Target target, String key) {
    parts.counters().count(CacheCounters.Event.INVALIDATED);
    begin(PurgeScope.of(target));
    parts.variants().remove(key);
  }
}
