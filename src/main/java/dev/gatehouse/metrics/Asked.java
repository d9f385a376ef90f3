package dev.gatehouse.metrics;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, taken before the container uses it for another one.
 *
 * @param atMillis when it came in, since 1970
 * @param path raw and without the query, in which there may be secrets
 */
record Asked(
    long atMillis,
    String method,
    String host,
    String path,
    String protocol,
    @Nullable String agent) {

  static Asked of(HttpServletRequest request, long atMillis) {
    String host = request.getHeader("Host"); // HTTP/2 on Tomcat has none
    return new Asked(
        atMillis,
        request.getMethod(),
        host == null ? request.getServerName() : host,
        request.getRequestURI(),
        request.getProtocol(),
        request.getHeader("User-Agent"));
  }
}
