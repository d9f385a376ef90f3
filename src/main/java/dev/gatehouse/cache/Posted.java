package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Head;
import jakarta.servlet.ServletOutputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer to POST that says that it is what GET would bring, and for how long (RFC 9110 §9.3.3,
 * §8.7). Who wrote it knows; so it is kept as GET's where the operator allows it.
 */
final class Posted {
  private static final int OK = 200;

  private final CacheParts parts;
  private final Exchange exchange;
  private final String method;
  private final Fields fields;
  private final Target target;
  private final String key;
  private final Instant asked;
  private @Nullable Deposit deposit;
  private @Nullable Capture capture;

  /**
   * @param key of GET for the same target
   */
  Posted(
      CacheParts parts,
      Exchange exchange,
      String method,
      Fields fields,
      Target target,
      String key) {
    this.parts = parts;
    this.exchange = exchange;
    this.method = method;
    this.fields = fields;
    this.target = target;
    this.key = key;
    this.asked = parts.clock().instant();
  }

  /** Whether the answer with this head is kept, if its body comes whole. */
  boolean isKept(Head head) {
    if (!parts.config().rules().postContentLocation()
        || !method.equals("POST")
        || head.status() != OK // another would not be GET's
        || !exchange.journal().isFromBackend()
        || !isOfTarget(head.fields())) {
      return false;
    }
    Fields others = head.fields().less(exchange.clientsOwn());
    Instant now = parts.clock().instant();
    StorageDecision decision = parts.storage().decide(method, fields, OK, others, asked, now);
    if (decision instanceof StorageDecision.Store store) {
      long purges = parts.purges().count(); // its own invalidation is among them
      Deposit next = Deposit.of(parts, key, fields, purges, head, store, now);
      Capture body = next.capture();
      if (!body.fits()) {
        parts.counters().count(Refusal.NO_ROOM);
        return false;
      }
      deposit = next;
      capture = body;
      return true;
    }
    return false;
  }

  private boolean isOfTarget(Fields response) {
    Optional<String> location = response.first("Content-Location");
    return response.all("Content-Location").size() == 1
        && location.flatMap(target::resolve).filter(target::equals).isPresent();
  }

  /** Where the body goes: to the client, and into a copy. */
  ServletOutputStream keeping(ServletOutputStream client) {
    Deposit kept = deposit;
    Capture body = capture;
    if (kept == null || body == null) {
      throw new IllegalStateException("not kept");
    }
    return new CaptureStream(
        client,
        body,
        () -> false,
        parts.executor(),
        exchange.journal(),
        () -> {
          var unused = kept.put(body);
        },
        () -> {});
  }
}
