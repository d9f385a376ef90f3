package dev.gatehouse.proxy;

import dev.gatehouse.http.Overriding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the trailer fields that a message announces in Trailer (RFC 9110 §6.5, §6.6.2).
 * Unannounced ones are dropped: whether there will be any must be known before the head goes out.
 */
final class Trailers {
  /** RFC 9110 §6.5.1: framing, routing, identity and what says how to read the content. */
  private static final Set<String> NEVER = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    Collections.addAll(
        NEVER,
        "Authorization",
        "Cache-Control",
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Content-Range",
        "Content-Type",
        "Cookie",
        "Expect",
        "Host",
        "Max-Forwards",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "WWW-Authenticate");
  }

  private Trailers() {}

  /** Has the container fetch the response's trailers when the body ends. */
  static void announce(Response from, HttpServletRequest request, HttpServletResponse to) {
    boolean possible =
        from.getHeaders().contains(HttpHeader.TRAILER)
            && !from.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
            && !request.getProtocol().equals("HTTP/1.0");
    if (possible) {
      to.setTrailerFields(() -> asMap(from.getTrailers()));
    }
  }

  /** Whether the request says that fields follow its body. */
  static boolean areAnnounced(HttpServletRequest request) {
    return request.getHeader("Trailer") != null && request.getContentLengthLong() < 0;
  }

  /**
   * The trailer fields of a request whose body has ended.
   *
   * @param forBackend which fields a backend may see at all; some backends merge trailers into
   *     heads
   */
  static HttpFields of(HttpServletRequest request, Predicate<String> forBackend) {
    return asFields(request.getTrailerFields(), forBackend);
  }

  private static Map<String, String> asMap(@Nullable HttpFields trailers) {
    Map<String, String> map = new LinkedHashMap<>();
    if (trailers != null) {
      for (HttpField field : trailers) {
        if (!NEVER.contains(field.getName())) {
          map.merge(field.getName(), field.getValue(), (one, next) -> one + ", " + next); // §5.3
        }
      }
    }
    return map;
  }

  private static HttpFields asFields(Map<String, String> trailers, Predicate<String> forBackend) {
    HttpFields.Mutable fields = HttpFields.build();
    trailers.forEach(
        (name, value) -> {
          if (!NEVER.contains(name) && !Overriding.isMethod(name) && forBackend.test(name)) {
            fields.add(name, value);
          }
        });
    return fields;
  }
}
