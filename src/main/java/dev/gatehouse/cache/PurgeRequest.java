package dev.gatehouse.cache;

import dev.gatehouse.config.Cidr;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.IpAddress;
import dev.gatehouse.http.Target;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.Head;
import dev.gatehouse.servlet.OwnAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers PURGE, as other caches do: by it a publisher's program has a URL forgotten. Who may is
 * said by addresses of connections, which nobody can claim in a field; where a trusted proxy has
 * the connection, the one that it asks for must be among them, too. A browser is no program of a
 * publisher, whatever page in it asks: it tells of itself by Sec-Fetch-Site, and without TLS, where
 * it does not send that, by Origin (Fetch §3.2: with all but GET and HEAD).
 */
final class PurgeRequest {
  private static final Logger LOG = LoggerFactory.getLogger(PurgeRequest.class);

  private final HttpCache cache;
  private final List<Cidr> allowed;
  private final Fields told;

  /**
   * @param told what all answers say of the cache
   */
  PurgeRequest(HttpCache cache, List<Cidr> allowed, Fields told) {
    this.cache = cache;
    this.allowed = allowed;
    this.told = told;
  }

  void answer(HttpServletRequest request, HttpServletResponse response, Target target)
      throws IOException {
    String peer = Exchange.of(request).peer();
    if (!isAllowed(peer) || !isAllowed(Exchange.of(request).client()) || isBrowser(request)) {
      OwnAnswer.send(request, response, HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    PurgeScope scope = PurgeScope.of(target);
    long count = cache.purge(scope, false);
    LOG.info("cache: {} responses purged by PURGE from {}: {}", count, peer, scope);
    if (count == 0) {
      OwnAnswer.send(request, response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    byte[] body = ("{\"purged\":" + count + "}\n").getBytes(StandardCharsets.US_ASCII);
    Fields fields =
        Fields.of(
            "Content-Type",
            "application/json",
            "Cache-Control",
            "no-store",
            "Content-Length",
            Integer.toString(body.length));
    new Head(HttpServletResponse.SC_OK, fields).sendTo(response);
    told.forEach(response::setHeader);
    Exchange.of(request).journal().answeredByUs(HttpServletResponse.SC_OK, body.length);
    response.getOutputStream().write(body);
  }

  private static boolean isBrowser(HttpServletRequest request) {
    return request.getHeader("Sec-Fetch-Site") != null || request.getHeader("Origin") != null;
  }

  private boolean isAllowed(String peer) {
    IpAddress address = IpAddress.parse(peer);
    if (address != null) {
      for (Cidr each : allowed) {
        if (each.contains(address)) {
          return true;
        }
      }
    }
    return false;
  }
}
