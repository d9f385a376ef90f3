package dev.gatehouse.status;

import dev.gatehouse.auth.CrossSitePolicy;
import dev.gatehouse.auth.FormToken;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers under {@code /_proxy/}: the page, what refreshes it, the JSON, and 404 for all else. */
public final class StatusServlet extends HttpServlet {
  private static final int NONCE_BYTES = 16;
  private static final String NO_TOKEN = "";

  private transient StatusSource source;
  private transient JsonAnswer json;
  private transient FormToken tokens;
  private transient SecureRandom random;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public StatusServlet() {}

  @Override
  public void init() {
    Parts parts = Parts.of(getServletContext());
    source = parts.get(StatusSource.class);
    tokens = parts.get(FormToken.class);
    json = new JsonAnswer();
    random = new SecureRandom();
  }

  @Override
  public void destroy() {
    json.close();
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
      case "/status" -> open(request, response);
      case "/status.part" -> page(request, response, id -> NO_TOKEN);
      case "/status.json" -> json.send(response, HttpServletResponse.SC_OK, source.report());
      default -> OwnAnswer.send(request, response, HttpServletResponse.SC_NOT_FOUND);
    }
  }

  /** The forms' token is in it: a backend's page of our origin must not just fetch it. */
  private void open(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (CrossSitePolicy.isOpened(Optional.ofNullable(request.getHeader("Sec-Fetch-Dest")))) {
      page(request, response, tokens::of);
    } else {
      OwnAnswer.explain(
          request,
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "This page must be opened in a window; scripts may read status.json.",
          none -> {});
    }
  }

  private void page(
      HttpServletRequest request, HttpServletResponse response, UnaryOperator<String> token)
      throws ServletException, IOException {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    JsonAnswer.secure(
        response,
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'; style-src 'nonce-"
            + nonce
            + "'; script-src 'nonce-"
            + nonce
            + "'");
    request.setAttribute("report", source.report());
    request.setAttribute("nonce", nonce);
    // without the key (proxy.status.access=local) there are no forms
    Exchange.of(request).consumer().ifPresent(id -> request.setAttribute("token", token.apply(id)));
    RequestDispatcher page = getServletContext().getNamedDispatcher("status-page");
    if (page == null) {
      throw new ServletException("web.xml has no servlet 'status-page'");
    }
    page.forward(request, response);
  }
}
