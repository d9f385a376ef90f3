package dev.gatehouse.status;

import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Answers under {@code /_proxy/}: the page, the JSON, and 404 for all else. */
public final class StatusServlet extends HttpServlet {
  private static final int NONCE_BYTES = 16;

  private transient StatusSource source;
  private transient Jsonb json;
  private transient SecureRandom random;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public StatusServlet() {}

  @Override
  public void init() {
    source = Parts.of(getServletContext()).get(StatusSource.class);
    json = JsonbBuilder.create(new JsonbConfig().withFormatting(true).withNullValues(true));
    random = new SecureRandom();
  }

  @Override
  public void destroy() {
    try {
      json.close();
    } catch (Exception e) { // declared by AutoCloseable
      log("the JSON binding does not close", e);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
      super.service(request, response);
    } else {
      OwnAnswer.send(
          request,
          response,
          HttpServletResponse.SC_METHOD_NOT_ALLOWED,
          own -> own.setHeader("Allow", "GET, HEAD")); // RFC 9110 §15.5.6
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = request.getPathInfo() == null ? "" : request.getPathInfo();
    switch (path) {
      case "/status" -> page(request, response);
      case "/status.json" -> json(response);
      default -> OwnAnswer.send(request, response, HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private void json(HttpServletResponse response) throws IOException {
    byte[] body = json.toJson(source.report()).getBytes(StandardCharsets.UTF_8);
    secure(response, "default-src 'none'; frame-ancestors 'none'");
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private void page(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    secure(
        response,
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'; style-src 'nonce-"
            + nonce
            + "'; script-src 'nonce-"
            + nonce
            + "'");
    request.setAttribute("report", source.report());
    request.setAttribute("nonce", nonce);
    RequestDispatcher page = getServletContext().getNamedDispatcher("status-page");
    if (page == null) {
      throw new ServletException("web.xml has no servlet 'status-page'");
    }
    page.forward(request, response);
  }

  private static void secure(HttpServletResponse response, String contentPolicy) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", contentPolicy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
  }
}
