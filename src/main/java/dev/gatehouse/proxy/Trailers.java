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
  /**
   * RFC 9110 §6.5.1: framing, routing, identity, conditions, what controls the response, and what
   * says how to read the content.
   */
  private static final Set<String> NEVER = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    Collections.addAll(
        NEVER,
        "Age",
        "Authorization",
        "Cache-Control",
        "Cache-Status",
        "CDN-Cache-Control",
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Content-Range",
        "Content-Type",
        "Cookie",
        "Date",
        "Expect",
        "Expires",
        "Host",
        "If-Match",
        "If-Modified-Since",
        "If-None-Match",
        "If-Range",
        "If-Unmodified-Since",
        "Location",
        "Max-Forwards",
        "Pragma",
        "Range",
        "Refresh",
        "Retry-After",
        "Set-Cookie",
        "Surrogate-Control",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Vary",
        "Via",
        "WWW-Authenticate");
  }

  private Trailers() {}

  /** Whether the response says that fields follow its body, and the client can have them. */
  static boolean areAnnounced(Response from, HttpServletRequest request) {
    return from.getHeaders().contains(HttpHeader.TRAILER)
        && !from.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
        && !request.getProtocol().equals("HTTP/1.0");
  }

  /**
   * Has the container fetch the response's trailers when the body ends.
   *
   * @param forClient which fields a client may see at all
   */
  static void passOn(Response from, HttpServletResponse to, Predicate<String> forClient) {
    to.setTrailerFields(() -> asMap(from.getTrailers(), forClient));
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

  private static Map<String, String> asMap(
      @Nullable HttpFields trailers, Predicate<String> forClient) {
    Map<String, String> map = new LinkedHashMap<>();
    if (trailers != null) {
      for (HttpField field : trailers) {
        if (!NEVER.contains(field.getName()) && forClient.test(field.getName())) {
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
