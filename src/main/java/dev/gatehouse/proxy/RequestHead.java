package dev.gatehouse.proxy;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.FieldName;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Forwarding;
import dev.gatehouse.http.HopByHop;
import dev.gatehouse.http.Overriding;
import dev.gatehouse.servlet.Asked;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Builds the fields that a backend gets: the client's, less what is not for it, plus our own. */
final class RequestHead {
  private final ProxyConfig.Forwarded forwarded;
  private final String consumerField;
  private final @Nullable String via; // of most requests

  RequestHead(ProxyConfig config) {
    this.forwarded = config.forwarded();
    this.consumerField = config.auth().forwardHeader();
    this.via = forwarded.via().map(name -> via("HTTP/1.1", name)).orElse(null);
  }

  /** All fields but Host, which depends on the backend. */
  HttpFields.Mutable copy(HttpServletRequest request, Exchange exchange) {
    HttpFields.Mutable head = HttpFields.build(32);
    Fields fields = ServletFields.of(request);
    Set<String> nominated = HopByHop.nominated(fields.all("Connection"));
    boolean options = request.getMethod().equals("OPTIONS");
    String last = "";
    boolean passes = false;
    boolean baked = false;
    HttpHeader known = null;
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.name(i);
      if (!name.equals(last)) { // most lines of one name are together
        last = name;
        passes = !nominated.contains(name) && isForBackend(name, exchange);
        known = passes ? HttpHeader.CACHE.get(name) : null;
      }
      if (!passes) {
        continue;
      }
      if (known == HttpHeader.COOKIE) {
        // RFC 9113 §8.2.3: HTTP/2 clients send a cookie in crumbs, which HTTP/1.1 has in one piece
        // (RFC 6265 §5.4); a refresh of their request has the crumbs, but not the protocol
        if (!baked) {
          baked = true;
          add(head, known, name, String.join("; ", fields.all(name)));
        }
        continue;
      }
      boolean counted = known == HttpHeader.MAX_FORWARDS && options;
      add(head, known, name, counted ? oneLess(fields.value(i)) : fields.value(i));
    }
    exchange.consumer().ifPresent(id -> add(head, null, consumerField, id));
    exchange.id().field().ifPresent(name -> add(head, null, name, exchange.requestId()));
    addForwarding(head, request, exchange);
    return head;
  }

  /** The authority that the client asked for, however it was spelt. */
  static String publicHost(HttpServletRequest request) {
    return Asked.normalAuthority(request);
  }

  /** Scheme and authority as the client sees them, by what a trusted proxy before us says. */
  static String publicOrigin(HttpServletRequest request) {
    return Asked.scheme(request) + "://" + publicAuthority(request);
  }

  /** The authority alone. */
  static String publicAuthority(HttpServletRequest request) {
    boolean trusted = Exchange.of(request).peerTrusted();
    return said(request, trusted, "X-Forwarded-Host", publicHost(request));
  }

  /** Whether a backend may see the client's field, be it in the head or in the trailers. */
  boolean isForBackend(String name, Exchange exchange) {
    if (!passes(name, exchange)) {
      return false;
    }
    String plain = FieldName.plain(name);
    return plain.equals(name)
        || (passes(plain, exchange)
            && !Forwarding.claims(plain)
            && !Overriding.isMethod(plain) // the guard has looked at the usual spelling only
            && !plain.equalsIgnoreCase("Content-Length"));
  }

  private boolean passes(String name, Exchange exchange) {
    return !HopByHop.always(name)
        && !Overriding.is(name)
        && !name.equalsIgnoreCase("Host")
        && !name.equalsIgnoreCase(consumerField)
        && !exchange.withholds(name)
        && !exchange.id().isIn(name)
        && (exchange.peerTrusted() ? !isOurs(name) : !Forwarding.claims(name));
  }

  /** The fields that we set anew from what trusted peers said; the others of theirs pass. */
  private boolean isOurs(String name) {
    if (forwarded.mode().rfc7239() && name.equalsIgnoreCase("Forwarded")) {
      return true;
    }
    return forwarded.mode().x()
        && (name.equalsIgnoreCase("X-Forwarded-For")
            || name.equalsIgnoreCase("X-Forwarded-Proto")
            || name.equalsIgnoreCase("X-Forwarded-Host")
            || name.equalsIgnoreCase("X-Forwarded-Port"));
  }

  private void addForwarding(
      HttpFields.Mutable head, HttpServletRequest request, Exchange exchange) {
    String protocol = request.getProtocol();
    if (via != null && protocol.equals("HTTP/1.1")) {
      add(head, HttpHeader.VIA, via);
    } else {
      forwarded.via().ifPresent(name -> add(head, HttpHeader.VIA, via(protocol, name)));
    }
    ProxyConfig.ForwardedMode mode = forwarded.mode();
    String host = publicHost(request);
    if (mode.x()) {
      boolean trusted = exchange.peerTrusted();
      List<String> before = trusted ? list(request, "X-Forwarded-For") : List.of();
      add(head, HttpHeader.X_FORWARDED_FOR, Forwarding.append(before, exchange.peer()));
      String proto = said(request, trusted, "X-Forwarded-Proto", scheme(request));
      add(head, HttpHeader.X_FORWARDED_PROTO, proto);
      add(head, HttpHeader.X_FORWARDED_HOST, said(request, trusted, "X-Forwarded-Host", host));
      String port = said(request, trusted, "X-Forwarded-Port", Asked.port(request));
      add(head, HttpHeader.X_FORWARDED_PORT, port);
    }
    if (mode.rfc7239()) {
      String own = Forwarding.element(exchange.peer(), host, scheme(request));
      List<String> before = exchange.peerTrusted() ? list(request, "Forwarded") : List.of();
      add(
          head,
          HttpHeader.FORWARDED,
          before.isEmpty() ? own : String.join(", ", before) + ", " + own);
    }
  }

  private static void add(HttpFields.Mutable head, HttpHeader known, String value) {
    add(head, known, known.asString(), value);
  }

  private static void add(
      HttpFields.Mutable head, @Nullable HttpHeader known, String name, String value) {
    head.add(new HttpField(known, name, value));
  }

  /** RFC 9110 §7.6.2: the guard has seen to it that it is a number above zero. */
  private static String oneLess(String maxForwards) {
    return Long.toString(Long.parseLong(maxForwards) - 1);
  }

  /** RFC 9110 §7.6.3: each hop appends the protocol it received by and its name. */
  private static String via(String protocol, String name) {
    String version = protocol.startsWith("HTTP/") ? protocol.substring(5) : protocol;
    return (version.equals("2.0") ? "2" : version) + " " + name;
  }

  private static String said(
      HttpServletRequest request, boolean trusted, String field, String otherwise) {
    String value = trusted ? Forwarding.nearest(ServletFields.of(request).all(field)) : "";
    return value.isEmpty() ? otherwise : value;
  }

  private static String scheme(HttpServletRequest request) {
    return request.isSecure() ? "https" : "http";
  }

  private static List<String> list(HttpServletRequest request, String field) {
    Enumeration<String> values = request.getHeaders(field);
    return values.hasMoreElements() ? Collections.list(values) : List.of();
  }
}
