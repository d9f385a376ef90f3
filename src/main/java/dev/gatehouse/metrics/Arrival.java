package dev.gatehouse.metrics;

import dev.gatehouse.servlet.Asked;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, taken before the container uses it for another one.
 *
 * @param atMillis when it came in, since 1970
 * @param path raw and without the query, in which there may be secrets
 */
record Arrival(
    long atMillis,
    String method,
    String host,
    String path,
    String protocol,
    @Nullable String agent) {

  static Arrival of(HttpServletRequest request, long atMillis) {
    return new Arrival(
        atMillis,
        request.getMethod(),
        Asked.authority(request),
        request.getRequestURI(),
        request.getProtocol(),
        request.getHeader("User-Agent"));
  }
}
