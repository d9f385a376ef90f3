package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An answer that comes from the proxy itself: short, never stored, silent about what is inside. */
public final class OwnAnswer {
  private OwnAnswer() {}

  /**
   * Replaces whatever the response holds. Fields that go with the status (Retry-After and the like)
   * are set afterwards by {@code fields}.
   *
   * @throws IOException if the client is gone
   * @throws IllegalStateException if the head has already been sent
   */
  public static void send(HttpServletResponse response, int status, Fields fields)
      throws IOException {
    head(response, status);
    fields.addTo(response);
    byte[] text = (status + " " + reason(status) + "\n").getBytes(StandardCharsets.US_ASCII);
    response.setContentType("text/plain;charset=utf-8");
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }

  /**
   * The same without a body, for a response whose stream is in asynchronous mode already and may
   * not be ready.
   *
   * @throws IllegalStateException if the head has already been sent
   */
  public static void sendBodiless(HttpServletResponse response, int status) {
    head(response, status);
    response.setContentLength(0);
  }

  /** The same without further fields. */
  public static void send(HttpServletResponse response, int status) throws IOException {
    send(response, status, none -> {});
  }

  private static void head(HttpServletResponse response, int status) {
    response.reset();
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  /** Sets the fields that belong to one answer. */
  @FunctionalInterface
  public interface Fields {
    /** Sets them on the response. */
    void addTo(HttpServletResponse response);
  }

  /** RFC 9110 §15, for the statuses that we answer ourselves. */
  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 421 -> "Misdirected Request";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "Error";
    };
  }
}
