package dev.gatehouse.proxy;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.http.Cookies;
import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a request is hashed, so that equal requests find the same backend. */
final class HashedPart {
  private HashedPart() {}

  /** The client's address stands in for what is missing. */
  static String of(HttpServletRequest request, Exchange facts, PoolConfig.HashKey what) {
    return switch (what.source()) {
      case CLIENT_IP -> facts.client();
      case HEADER -> or(request.getHeader(what.name()), facts);
      case COOKIE -> or(cookie(request, what.name()).orElse(null), facts);
      case URI ->
          request.getQueryString() == null
              ? request.getRequestURI()
              : request.getRequestURI() + "?" + request.getQueryString();
    };
  }

  /** The first cookie of this name; HTTP/2 clients may send several fields (RFC 9113 §8.2.3). */
  static Optional<String> cookie(HttpServletRequest request, String name) {
    Enumeration<String> fields = request.getHeaders("Cookie");
    while (fields.hasMoreElements()) {
      Optional<String> value = Cookies.value(fields.nextElement(), name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  private static String or(@Nullable String value, Exchange facts) {
    return value == null || value.isEmpty() ? facts.client() : value;
  }
}
