package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.HeldResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** A request that is not answered from store; but what it changes is forgotten (§4.4). */
final class Passage {
  private final CacheParts parts;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Fields fields;
  private final Target target;
  private final Bypass why;

  Passage(
      CacheParts parts,
      HttpServletRequest request,
      HttpServletResponse response,
      Fields fields,
      Target target,
      Bypass why) {
    this.parts = parts;
    this.request = request;
    this.response = response;
    this.fields = fields;
    this.target = target;
    this.why = why;
  }

  void go(FilterChain onward) throws IOException, ServletException {
    parts.counters().count(why);
    String method = request.getMethod();
    CacheStatus forwarded =
        CacheStatus.forwarded(why == Bypass.METHOD ? Forward.METHOD : Forward.BYPASS);
    Exchange exchange = Exchange.of(request);
    CacheStatus unanswered = forwarded.withDetail(HttpCache.UNANSWERED);
    exchange.tellInOwnAnswers(() -> parts.reporter().of(unanswered, "", List.of()));
    String front = HttpCache.front(request);
    String key = CacheKey.of("GET", target, CacheKey.NO_BODY, front);
    Posted posted = new Posted(parts, exchange, method, fields, target, key);
    HeldResponse held =
        new HeldResponse(
            response,
            (head, to) -> {
              parts.changed(method, head.status(), target, head.fields(), front, false);
              boolean fromOrigin = exchange.journal().isFromBackend();
              boolean kept = posted.isKept(head);
              String detail = fromOrigin ? why.word() : HttpCache.UNANSWERED;
              CacheStatus status = forwarded.withDetail(detail);
              parts
                  .reporter()
                  .on(head, kept ? status.withStored() : status, "", fromOrigin)
                  .sendTo(to);
              return kept ? posted.keeping(to.getOutputStream()) : to.getOutputStream();
            });
    onward.doFilter(request, held);
    if (!exchange.isAsynchronous()) {
      held.settle();
    }
  }
}
