package dev.gatehouse.proxy;

import dev.gatehouse.balance.RequestKey;
import dev.gatehouse.balance.Upstream;
import dev.gatehouse.balance.UpstreamPool;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.Policy;
import dev.gatehouse.config.PoolConfig.Sticky;
import dev.gatehouse.config.PoolConfig.StickyMode;
import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Cookies;
import dev.gatehouse.http.SessionRoute;
import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ListIterator;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** What ties a client to a backend of a pool. Thread-safe. */
final class Affinity {
  private final PoolConfig.Balance balance;
  private final Sticky sticky;
  private final UpstreamPool pool;
  private final StickyTags tags;

  /**
   * As the pool is configured.
   *
   * @param secret signs our cookie unless one is configured
   */
  Affinity(PoolConfig config, UpstreamPool pool, byte[] secret) {
    this.balance = config.balance();
    this.sticky = balance.sticky();
    byte[] configured =
        sticky
            .secret()
            .map(Secret::reveal)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .orElse(secret);
    this.pool = pool;
    this.tags = new StickyTags(pool, configured);
  }

  /** What the pool's policy may look at. */
  RequestKey key(HttpServletRequest request, Exchange facts) {
    boolean hashes = balance.policy() == Policy.HASH;
    if (!hashes && sticky.mode() == StickyMode.OFF) {
      return RequestKey.ANY;
    }
    String hashed = hashes ? HashedPart.of(request, facts, balance.hashKey()) : "";
    return new RequestKey(hashed, preferred(request), 0);
  }

  /** A forged or outdated cookie is as good as none. */
  private String preferred(HttpServletRequest request) {
    return switch (sticky.mode()) {
      case OFF -> "";
      case COOKIE -> HashedPart.cookie(request, sticky.cookie()).flatMap(tags::id).orElse("");
      case JVM_ROUTE ->
          SessionRoute.of(
              HashedPart.cookie(request, sticky.cookie())
                  .orElseGet(
                      () -> SessionRoute.sessionId(request.getRequestURI(), sticky.cookie())));
    };
  }

  /** The head without our cookie, which is nothing to the backend. */
  HttpFields forBackend(HttpFields.Mutable head) {
    if (sticky.mode() == StickyMode.COOKIE && head.contains(HttpHeader.COOKIE)) {
      ListIterator<HttpField> fields = head.listIterator();
      while (fields.hasNext()) {
        HttpField field = fields.next();
        if (field.getHeader() == HttpHeader.COOKIE) {
          String rest = Cookies.without(field.getValue(), sticky.cookie());
          if (rest.isEmpty()) {
            fields.remove();
          } else {
            fields.set(new HttpField(HttpHeader.COOKIE, field.getName(), rest));
          }
        }
      }
    }
    return head;
  }

  /**
   * Tells the client whose it is from now on, beside the cookies of the backend. It comes back to
   * the one that it had if that was only full.
   *
   * @param moved whether that one has failed
   */
  void mark(
      RequestKey key,
      boolean moved,
      Upstream upstream,
      Response from,
      HttpServletRequest request,
      HttpServletResponse to) {
    if (sticky.mode() != StickyMode.COOKIE
        || key.preferred().equals(upstream.id())
        || (!moved && !key.preferred().isEmpty() && pool.keeps(key.preferred()))
        || isForEverybody(from)) {
      return;
    }
    tags.tag(upstream.id())
        .ifPresent(
            tag -> {
              String cookie = sticky.cookie() + "=" + tag + rest(request);
              to.addHeader("Set-Cookie", cookie);
              Exchange.of(request).forClientOnly("Set-Cookie", cookie);
            });
  }

  private static String rest(HttpServletRequest request) {
    String context = request.getContextPath();
    boolean secure = RequestHead.publicOrigin(request).startsWith("https:");
    return "; Path="
        + (context.isEmpty() ? "/" : context)
        + (secure ? "; Secure" : "")
        + "; HttpOnly; SameSite=Lax";
  }

  /**
   * A shared cache would keep our cookie with it (RFC 9111 §7.3), and send all its clients to one
   * backend.
   */
  private static boolean isForEverybody(Response from) {
    boolean shared = from.getHeaders().contains(HttpHeader.EXPIRES);
    for (String directive : from.getHeaders().getCSV(HttpHeader.CACHE_CONTROL, false)) {
      if (directive.equalsIgnoreCase("private") || directive.equalsIgnoreCase("no-store")) {
        return false; // RFC 9111 §5.2.2.7, §5.2.2.5
      }
      shared |=
          directive.equalsIgnoreCase("public") // §5.2.2.9
              || directive.regionMatches(true, 0, "s-maxage", 0, 8) // §5.2.2.10
              || directive.regionMatches(true, 0, "max-age", 0, 7); // §5.2.2.1
    }
    return shared;
  }
}
