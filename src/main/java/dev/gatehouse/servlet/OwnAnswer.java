package dev.gatehouse.servlet;

import dev.gatehouse.http.Accept;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** An answer that comes from the proxy itself: short, never stored, silent about what is inside. */
public final class OwnAnswer {
  private static final int FIRST_ERROR = 400;

  private OwnAnswer() {}

  /**
   * Replaces whatever the response holds but the request's id. Fields that go with the status
   * (Retry-After and the like) are set afterwards by {@code fields}. Errors explain themselves in
   * the form that the client accepts.
   *
   * @throws IOException if the client is gone
   * @throws IllegalStateException if the head has already been sent
   */
  public static void send(
      HttpServletRequest request, HttpServletResponse response, int status, Fields fields)
      throws IOException {
    send(Exchange.find(request).map(Exchange::id), request, response, status, fields);
  }

  /**
   * An error that says in its own words what is wrong: for operators, who may know.
   *
   * @param detail one sentence
   */
  public static void explain(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String detail,
      Fields fields)
      throws IOException {
    Optional<ExchangeId> id = Exchange.find(request).map(Exchange::id);
    send(id, request, response, OwnStatus.of(status, detail), status, fields);
  }

  /** The same without further fields. */
  public static void send(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    send(request, response, status, none -> {});
  }

  /**
   * The same without a body, for a response whose stream is in asynchronous mode already and may
   * not be ready.
   *
   * @throws IllegalStateException if the head has already been sent
   */
  public static void sendBodiless(
      HttpServletRequest request, HttpServletResponse response, int status) {
    head(Exchange.find(request).map(Exchange::id), request, response, status);
    response.setContentLength(0);
    note(request, status, 0);
  }

  /** For requests that our filters have not seen, so that their id is made late. */
  static void send(
      Optional<ExchangeId> id,
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      Fields fields)
      throws IOException {
    send(id, request, response, OwnStatus.of(status), status, fields);
  }

  private static void send(
      Optional<ExchangeId> id,
      HttpServletRequest request,
      HttpServletResponse response,
      OwnStatus say,
      int status,
      Fields fields)
      throws IOException {
    head(id, request, response, status);
    fields.addTo(response);
    byte[] body = new byte[0];
    if (status >= FIRST_ERROR) {
      boolean json = Accept.prefersJson(accepted(request));
      response.setContentType(json ? "application/problem+json" : "text/plain;charset=utf-8");
      String name = id.map(ExchangeId::value).orElse("");
      String words = json ? json(status, say, name) : text(status, say, name);
      body = words.getBytes(StandardCharsets.US_ASCII);
    }
    response.setContentLength(body.length);
    boolean bodiless = body.length == 0 || request.getMethod().equals("HEAD"); // RFC 9110 §9.3.2
    note(request, status, bodiless ? 0 : body.length);
    if (!bodiless) {
      response.getOutputStream().write(body);
    }
  }

  private static void head(
      Optional<ExchangeId> id,
      HttpServletRequest request,
      HttpServletResponse response,
      int status) {
    response.reset();
    response.setStatus(status);
    if (response.containsHeader("Server")) {
      response.setHeader("Server", "proxy"); // over Jetty's, which has its version and stays
    }
    id.ifPresent(named -> named.addTo(response));
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    Exchange.find(request)
        .ifPresent(exchange -> exchange.inOwnAnswers().forEach(response::setHeader));
  }

  private static void note(HttpServletRequest request, int status, int bodyBytes) {
    Exchange.find(request).ifPresent(own -> own.journal().answeredByUs(status, bodyBytes));
  }

  private static List<String> accepted(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Accept"));
  }

  private static String text(int status, OwnStatus say, String id) {
    String named = id.isEmpty() ? "" : "Request " + id + "\n";
    return status + " " + say.reason() + "\n" + say.detail() + "\n" + named;
  }

  /** RFC 9457 §3.1; without a type it is the status that says what is wrong. */
  private static String json(int status, OwnStatus say, String id) {
    return "{\"status\":"
        + status
        + ",\"title\":\""
        + say.reason()
        + "\",\"detail\":\""
        + say.detail()
        + (id.isEmpty() ? "" : "\",\"requestId\":\"" + id)
        + "\"}\n";
  }

  /** Sets the fields that belong to one answer. */
  @FunctionalInterface
  public interface Fields {
    /** Sets them on the response. */
    void addTo(HttpServletResponse response);
  }
}
