package dev.gatehouse.cache;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Head;
import java.time.Instant;

/** What the origin's word on a stored response, without a body, does to it. */
record Revision(CacheParts parts, Inquiry inquiry) {
  /** The response that a 304 says is current (§4.3.3, §4.3.4), as it is from now on. */
  StoredResponse validated(Fields notModified, StoredResponse old, Instant now) {
    return Update.isCurrent(notModified, old) ? updated(notModified, old, now) : old;
  }

  /** Carries out what the answer to a HEAD says (§4.3.5). */
  void byHead(Head head, StoredResponse old, Instant now) {
    Update.Effect effect = Update.ofHead(head.status(), head.fields(), old);
    if (effect == Update.Effect.UPDATE) {
      var unused = updated(head.fields(), old, now);
    } else if (effect == Update.Effect.STALE) {
      parts.variants().remove(inquiry.under());
    }
  }

  private StoredResponse updated(Fields update, StoredResponse old, Instant now) {
    Fields merged = Update.merged(all(old.fields(), old.tags()), update, now);
    String method = inquiry.method().equals("HEAD") ? "GET" : inquiry.method();
    StorageDecision decision =
        parts.storage().decide(method, inquiry.sent(), old.status(), merged, inquiry.asked(), now);
    if (decision instanceof StorageDecision.Store store) {
      StoredResponse anew =
          new StoredResponse(
              old.status(), store.fields(), store.tags(), old.body(), store.freshness(), now);
      parts.update(inquiry.key(), inquiry.under(), old, anew, inquiry.purgesBefore());
      return anew;
    }
    if (decision instanceof StorageDecision.Refuse refuse && refuse.reason().concernsOthers()) {
      parts.variants().remove(inquiry.under());
    }
    Fields shown = merged.keep(name -> !parts.config().isTag(name));
    return new StoredResponse(old.status(), shown, old.body(), old.freshness(), now);
  }

  private static Fields all(Fields some, Fields more) {
    Fields all = some;
    for (int i = 0; i < more.size(); i++) {
      all = all.plus(more.name(i), more.value(i));
    }
    return all;
  }
}
