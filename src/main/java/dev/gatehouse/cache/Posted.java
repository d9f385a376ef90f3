package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Head;
import jakarta.servlet.ServletOutputStream;
import java.time.Instant;
import java.util.List;
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
  private StorageDecision.@Nullable Store store;
  private long length = -1;
  private long purgesBefore;

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
    StorageDecision decision =
        parts.storage().decide(method, fields, OK, others, asked, parts.clock().instant());
    if (decision instanceof StorageDecision.Store kept) {
      store = kept;
      length = Fetch.length(head);
      purgesBefore = parts.purges().count(); // its own invalidation is among them
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
    Capture capture = new Capture(parts.config().maxObjectSize(), length);
    return new CaptureStream(
        client, capture, () -> false, parts.executor(), () -> put(capture), () -> {});
  }

  private void put(Capture capture) {
    byte[] body = capture.body();
    StorageDecision.Store kept = store;
    if (kept == null || body == null || (length >= 0 && body.length != length)) {
      parts.counters().count(body == null ? Refusal.TOO_LARGE : Refusal.INCOMPLETE);
      return;
    }
    List<String> names = parts.variants().selecting(kept.fields().all("Vary"));
    Fields selecting = fields.keep(name -> Fetch.isIn(names, name));
    Instant now = parts.clock().instant();
    StoredResponse whole =
        new StoredResponse(OK, kept.fields(), kept.tags(), body, kept.freshness(), selecting, now);
    parts.keep(key, fields, whole, purgesBefore);
  }
}
