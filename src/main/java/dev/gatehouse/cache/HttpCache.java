package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Asked;
import dev.gatehouse.servlet.Bodies;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final BodyTurns bodies = new BodyTurns();

  /**
   * Puts it together.
   *
   * @param debug whether keys are shown
   * @param consumerField tells the origin whose key came with a request
   * @param bodies reads those of requests
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
      Bodies bodies,
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
            new Variants(store, random, always(config, consumerField), config.key().vary()),
            new Flights(nanoTime),
            new CacheCounters(),
            new Purges(),
            new CaptureRoom(Math.max(config.tiers().maxBytes(), config.maxObjectSize())),
            new Reporter(config, debug),
            bodies,
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

  /** Lets those go on who have waited for too long, for a body or for another's response. */
  public void tick() {
    long now = parts.nanoTime().getAsLong();
    bodies.tick(now);
    parts.flights().tick(now, parts.config().lock().timeout().toNanos());
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

  /** How many bytes its store's tiers may hold, by name. */
  public Map<String, Long> maxBytes() {
    CacheConfig.Tiers tiers = parts.config().tiers();
    Map<String, Long> most = new HashMap<>();
    most.put("heap", tiers.maxBytes());
    most.put("off-heap", tiers.offHeap());
    tiers.disk().ifPresent(disk -> most.put("disk", disk.bytes()));
    tiers.cluster().ifPresent(cluster -> most.put(ClusterTier.NAME, cluster.bytes()));
    return most;
  }

  /**
   * Forgets what is meant; what is on its way here will not be stored.
   *
   * @param soft it only becomes stale, so that it is asked for anew, and is there when nobody
   *     answers
   * @return how many responses are gone, or were fresh and are stale
   */
  public long purge(PurgeScope scope, boolean soft) {
    parts.giveUp(scope);
    Instant now = parts.clock().instant();
    long count =
        soft
            ? store.revise(scope::hasKey, each -> scope.has(each) ? each.staleAt(now) : each)
            : store.removeIf(scope::hasKey, scope::has);
    parts.counters().purged(count);
    return count;
  }

  /** Answers a request, or lets it go on and learns from what comes back. */
  void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String method = request.getMethod();
    Fields asked = ServletFields.of(request);
    if (parts.config().key().methods().contains(method) && !StoragePolicy.namesMethod(asked)) {
      look(method, asked, request, response, chain);
    } else if (method.equals(PURGE) && !parts.config().purgeFrom().isEmpty()) {
      Fields told =
          parts.reporter().of(CacheStatus.unsatisfied().withDetail("purge"), "", List.of());
      Exchange.of(request).tellInOwnAnswers(() -> told);
      new PurgeRequest(this, parts.config().purgeFrom(), told)
          .answer(request, response, target(request));
    } else {
      pass(Bypass.METHOD, request, response, chain);
    }
  }

  private void look(
      String method,
      Fields asked,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (CachePolicy.isForOrigin(method, asked)) {
      pass(Bypass.PRECONDITION, request, response, chain);
      return;
    }
    boolean hasBody;
    try {
      hasBody = parts.bodies().isThere(request);
    } catch (IOException e) { // the client is gone, as who forwards finds out
      pass(Bypass.CONTENT, request, response, chain);
      return;
    }
    Target target = target(request);
    if (!hasBody) {
      boolean mayHave = CacheParts.hasBody(method);
      String body = mayHave ? CacheKey.body("", parts.sent().apply(request)) : CacheKey.NO_BODY;
      String key = CacheKey.of(method, target, body, front(request));
      new Turn(parts, request, response, null, null, key, OptionalLong.empty()).take(chain, true);
      return;
    }
    Optional<Bypass> bypass = CachePolicy.bypass(method, asked, parts.bodies().most(request));
    if (bypass.isPresent()) {
      pass(bypass.get(), request, response, chain);
    } else {
      bodies.begin(new BodyTurn(parts, request, response, parts.sent().apply(request), target));
    }
  }

  private void pass(
      Bypass why, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Fields fields = parts.sent().apply(request);
    Target target = target(request);
    new Passage(parts, request, response, fields, target, why).go(chain);
  }

  private static Target target(HttpServletRequest request) {
    return Target.of(
        Asked.scheme(request),
        Asked.authority(request),
        request.getRequestURI(),
        request.getQueryString());
  }

  /** What a trusted proxy before us says of the target. */
  static String front(HttpServletRequest request) {
    boolean trusted = Exchange.of(request).peerTrusted();
    return trusted ? Front.said(ServletFields.of(request)) : Front.NONE;
  }
}
