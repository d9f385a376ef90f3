package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Head;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * How the origin is asked about what is stored, and how that goes to the client in the place of
 * what came: found current, or stale as the origin failed (RFC 9111 §4.3.1, §4.3.3).
 *
 * @param status that the client is told, but for what is left of the response's freshness
 */
record Validation(CacheParts parts, Exchange exchange, Inquiry inquiry, CacheStatus status) {
  /** With our conditions beside the fields that the client sent, of which we know others. */
  static HttpServletRequest request(HttpServletRequest request, StoredResponse old) {
    Fields own = ServletFields.of(request);
    return ServletFields.with(request, Validators.validating(request.getMethod(), own, old));
  }

  /** Sends what a 304 says is current. */
  ServletOutputStream sendCurrent(StoredResponse current, HttpServletResponse to, Instant now)
      throws IOException {
    return send(current, status.withTtl(ttl(current, now)), to, now);
  }

  private static long ttl(StoredResponse stored, Instant now) {
    return stored.freshness().lifetime().minus(stored.freshness().ageAt(now)).toSeconds();
  }

  /** Sends what stands in for an answer of the origin. */
  ServletOutputStream sendStale(CacheDecision.FromStore use, HttpServletResponse to, Instant now)
      throws IOException {
    return send(use.stored(), status.withTtl(use.ttl()), to, now);
  }

  /** Lets it stand in for the answers, too, that those would get who wait. */
  void share(CacheDecision.FromStore use, Failure failure, Flight flight, Instant now) {
    StoredResponse old = use.stored();
    CacheStatus told = status.withTtl(use.ttl()).withCollapsed();
    Head shared = Reply.of(old, new Answer.Whole(), "GET", use.age()).head();
    flight.share(
        () -> parts.reporter().on(shared, told, inquiry.key(), true),
        Capture.of(old.body()),
        other -> standsInFor(other, old, failure, now));
  }

  /** Those who wait would learn the same of the origin. */
  private boolean standsInFor(Fields other, StoredResponse old, Failure failure, Instant now) {
    List<String> names = parts.variants().selecting(old.fields().all("Vary"));
    return parts
            .variants()
            .selection(names, other)
            .equals(parts.variants().selection(names, inquiry.fields()))
        && parts.policy().onFailure(other, old, failure, now).isPresent();
  }

  private ServletOutputStream send(
      StoredResponse current, CacheStatus told, HttpServletResponse to, Instant now)
      throws IOException {
    Answer evaluated = Conditions.evaluate(inquiry.method(), inquiry.fields(), current, now);
    Answer answer = evaluated instanceof Answer.ForOrigin ? new Answer.Whole() : evaluated;
    Reply reply =
        Reply.of(current, answer, inquiry.method(), current.freshness().ageAt(now).toSeconds())
            .with(parts.reporter().of(told, inquiry.key(), List.of()));
    return new InPlace(exchange, reply, parts.executor()).sendTo(to);
  }
}
