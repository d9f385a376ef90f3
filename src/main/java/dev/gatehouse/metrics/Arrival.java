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

  private static final int LONGEST = 4 * 1024;

  static Arrival of(HttpServletRequest request, long atMillis) {
    String agent = request.getHeader("User-Agent");
    return new Arrival(
        atMillis,
        start(request.getMethod()),
        start(Asked.authority(request)),
        start(request.getRequestURI()),
        request.getProtocol(),
        agent == null ? null : start(agent));
  }

  /** A line shows no more; and thousands may wait. */
  private static String start(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
