package dev.gatehouse.status;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own pages' values as JSON. Thread-safe. */
public final class JsonAnswer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JsonAnswer.class);

  private final Jsonb json =
      JsonbBuilder.create(new JsonbConfig().withFormatting(true).withNullValues(true));

  /** Sends a value; the shape of its JSON is that of its record. */
  public void send(HttpServletResponse response, int status, Object value) throws IOException {
    byte[] body = json.toJson(value).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    secure(response, "default-src 'none'; frame-ancestors 'none'");
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** What browsers must not do with our own pages. */
  static void secure(HttpServletResponse response, String contentPolicy) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", contentPolicy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin"); // no hold on our window
    // with no-referrer, browsers would hide from us too where a form is from (Fetch: Origin)
    response.setHeader("Referrer-Policy", "same-origin");
  }

  @Override
  public void close() {
    try {
      json.close();
    } catch (Exception e) { // declared by AutoCloseable
      LOG.warn("the JSON binding does not close", e);
    }
  }
}
