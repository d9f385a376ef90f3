package dev.gatehouse.proxy;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OutgoingHead;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** The fields of a request as backends get them: all but Host, which depends on the backend. */
final class BackendHead implements OutgoingHead {
  private final Fields asked;
  private final HttpFields lines;
  private volatile @Nullable Fields fields;

  private BackendHead(Fields asked, HttpFields lines) {
    this.asked = asked;
    this.lines = lines;
  }

  /** Of a request; worked out once in its exchange, unless it has other fields by now. */
  @SuppressWarnings("ReferenceEquality") // who asks with other fields has made others
  static BackendHead of(HttpServletRequest request, Exchange exchange, Forwarder forwarder) {
    Fields asked = ServletFields.of(request);
    if (exchange.outgoing() instanceof BackendHead known && known.asked == asked) {
      return known;
    }
    HttpFields.Mutable copy = forwarder.requestHead().copy(request, exchange);
    BackendHead head = new BackendHead(asked, forwarder.affinity().forBackend(copy));
    exchange.willSend(head);
    return head;
  }

  /** Not to be changed. */
  HttpFields lines() {
    return lines;
  }

  @Override
  public Fields fields() {
    Fields known = fields;
    if (known == null) {
      String[] all = new String[2 * lines.size()];
      int at = 0;
      for (HttpField line : lines) {
        all[at++] = line.getName();
        all[at++] = line.getValue();
      }
      known = Fields.of(all);
      fields = known;
    }
    return known;
  }
}
