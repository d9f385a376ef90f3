package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.HopByHop;
import dev.gatehouse.http.Refresh;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Passes a backend's status and fields on, values byte for byte, repeated fields in order. */
final class ResponseHead {
  private final Optional<String> backendField;
  private final boolean rewriteLocation;
  private final ProxyConfig.Route route;
  private final UpstreamPool pool; // backends come and go
  private final CookieMapping cookies;

  ResponseHead(ProxyConfig.Answer config, ProxyConfig.Route route, UpstreamPool pool) {
    this.backendField = config.backendHeader();
    this.rewriteLocation = config.rewriteLocation();
    this.route = route;
    this.pool = pool;
    this.cookies = new CookieMapping(config.rewriteCookies(), pool, route.prefix());
  }

  void copy(
      Response from,
      Upstream upstream,
      String sentHost,
      HttpServletRequest request,
      HttpServletResponse to) {
    to.setStatus(from.getStatus());
    HttpFields fields = from.getHeaders();
    Set<String> nominated =
        fields.contains(HttpHeader.CONNECTION)
            ? HopByHop.nominated(fields.getValuesList(HttpHeader.CONNECTION))
            : Set.of();
    Exchange exchange = Exchange.of(request);
    ExchangeId id = exchange.id(); // the client has it from us
    int index = 0;
    for (HttpField field : fields) {
      String name = field.getName();
      if (passes(name, nominated, id)
          && !(field.getHeader() == HttpHeader.CONTENT_LENGTH && isWithoutLength(from))) {
        String value = mapped(field, upstream, sentHost, request);
        if (isRepeated(fields, index, field) && field.getHeader() != HttpHeader.CONTENT_LENGTH) {
          to.addHeader(name, value);
        } else {
          to.setHeader(name, value); // over what the container has put there: Date, Server
        }
      }
      index++;
    }
    backendField.ifPresent(
        name -> {
          to.setHeader(name, upstream.id());
          exchange.forClientOnly(name, upstream.id());
        });
    if (Trailers.areAnnounced(from, request)) {
      Trailers.passOn(from, to, name -> passes(name, nominated, id) && !isOurs(name));
    }
  }

  /** Whether a client may see the backend's field, be it in the head or in the trailers. */
  private static boolean passes(String name, Set<String> nominated, ExchangeId id) {
    return !HopByHop.always(name) && !nominated.contains(name) && !id.isIn(name);
  }

  /** In the head ours takes the place of the backend's. */
  private boolean isOurs(String name) {
    return backendField.isPresent() && backendField.get().equalsIgnoreCase(name);
  }

  /** RFC 9110 §8.6, §15.3.6: nothing follows these, whatever the backend says. */
  private static boolean isWithoutLength(Response response) {
    return response.getStatus() == 204 || response.getStatus() == 205;
  }

  /** What points at a backend, pointing at us. */
  private String mapped(
      HttpField field, Upstream upstream, String sentHost, HttpServletRequest request) {
    String value = field.getValue() == null ? "" : field.getValue();
    HttpHeader known = field.getHeader();
    if (known == HttpHeader.LOCATION || known == HttpHeader.CONTENT_LOCATION) {
      return rewriteLocation ? url(value, upstream, sentHost, request) : value;
    }
    if (known == HttpHeader.SET_COOKIE && cookies.isOn()) {
      String publicHost = RequestHead.publicAuthority(request);
      return cookies.map(value, upstream, sentHost, publicHost);
    }
    if (rewriteLocation && known == null && field.is("Refresh")) {
      return Refresh.map(value, url -> url(url, upstream, sentHost, request));
    }
    return value;
  }

  private String url(
      String location, Upstream upstream, String sentHost, HttpServletRequest request) {
    return RedirectTarget.map(
        location,
        upstream,
        pool.candidates(),
        sentHost,
        RequestHead.publicOrigin(request),
        route.prefix());
  }

  /** Whether a field of the same name stands before this one. There are few, so no set is built. */
  private static boolean isRepeated(HttpFields fields, int index, HttpField field) {
    HttpHeader known = field.getHeader();
    for (int i = 0; i < index; i++) {
      HttpField before = fields.getField(i);
      if (known != null ? before.getHeader() == known : before.is(field.getName())) {
        return true;
      }
    }
    return false;
  }
}
