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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The cache as its filter, the listener and the status page see it. Thread-safe. */
public final class HttpCache {
  private final CacheParts parts;
  private final CacheStore store;
  private final String consumerField;
  private final Reporter reporter;

  /**
   * Puts it together.
   *
   * @param consumerField tells the origin whose key came with a request
   * @param onward forwards a request that has waited, without the filters, which it has passed
   * @param executor runs what others' threads must not
   * @param nanoTime monotonic
   */
  public HttpCache(
      CacheConfig config,
      String consumerField,
      CacheStore store,
      FilterChain onward,
      Executor executor,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.store = store;
    this.consumerField = consumerField;
    this.reporter = new Reporter(config);
    this.parts =
        new CacheParts(
            config,
            new CachePolicy(config.rules()),
            new StoragePolicy(config),
            new Variants(store, random, always(config, consumerField)),
            new Flights(nanoTime),
            new CacheCounters(),
            onward,
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

  /** Answers a request, or lets it go on and learns from what comes back. */
  void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String method = request.getMethod();
    if (isAnsweredFromStore(method)) {
      Exchange exchange = Exchange.of(request);
      Fields fields = fields(request, exchange);
      String key = key(method, target(request));
      new Turn(parts, request, response, null, fields, key).take(chain, true);
    } else {
      pass(method, request, response, chain);
    }
  }

  /** With the one who asks, as the origin gets it, so that it may vary by it. */
  private Fields fields(HttpServletRequest request, Exchange exchange) {
    Fields fields = ServletFields.of(request).without(consumerField);
    return exchange.consumer().map(who -> fields.plus(consumerField, who)).orElse(fields);
  }

  private boolean isAnsweredFromStore(String method) {
    return (method.equals("GET") || method.equals("HEAD"))
        && parts.config().key().methods().contains(method);
  }

  private static Target target(HttpServletRequest request) {
    return Target.of(
        request.isSecure() ? "https" : "http",
        Asked.authority(request),
        request.getRequestURI(),
        request.getQueryString());
  }

  private static String key(String method, Target target) {
    return CacheKey.of(method, target, CacheKey.NO_BODY);
  }

  /** What is never answered from store; but what it changes is forgotten (§4.4). */
  private void pass(
      String method, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    parts.counters().count(CacheCounters.Event.BYPASS);
    Target target = target(request);
    boolean safe = Methods.isSafe(method);
    Exchange exchange = Exchange.of(request);
    Posted posted =
        new Posted(parts, exchange, method, fields(request, exchange), target, key("GET", target));
    HeldResponse held =
        new HeldResponse(
            response,
            (head, to) -> {
              if (!safe) {
                for (Target each : Invalidation.of(method, head.status(), target, head.fields())) {
                  forget(each);
                }
              }
              boolean kept = posted.isKept(head);
              CacheStatus status = CacheStatus.forwarded(Forward.METHOD);
              Fields told =
                  reporter.of(
                      kept ? status.withStored() : status, head.fields().all("Cache-Status"));
              head.sendTo(to);
              for (int i = 0; i < told.size(); i++) {
                to.setHeader(told.name(i), told.value(i));
              }
              return kept ? posted.keeping(to.getOutputStream()) : to.getOutputStream();
            });
    chain.doFilter(request, held);
    if (!request.isAsyncStarted()) {
      held.settle();
    }
  }

  private void forget(Target target) {
    parts.counters().count(CacheCounters.Event.INVALIDATED);
    parts.variants().remove(key("GET", target));
  }
}
