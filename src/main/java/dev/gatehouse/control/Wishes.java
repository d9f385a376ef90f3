package dev.gatehouse.control;

import dev.gatehouse.auth.CrossSitePolicy;
import dev.gatehouse.auth.FormToken;
import dev.gatehouse.servlet.Asked;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Tells who wants something and means it, and answers those who don't, or want what can't be. */
final class Wishes {
  static final String TOKEN = "token";
  static final String REASON = "reason";
  private static final int UNPROCESSABLE = 422;

  private final FormToken tokens;

  Wishes(FormToken tokens) {
    this.tokens = tokens;
  }

  /**
   * The wish that comes with a form.
   *
   * @throws RefusedException if it may be somebody else's (403), or has too long a reason (422)
   */
  Wish of(HttpServletRequest request, Form form) throws RefusedException {
    String by = wanted(request, form);
    if (form.value(REASON).length() > Wish.LONGEST_REASON) {
      throw new RefusedException(
          UNPROCESSABLE, "A reason may have " + Wish.LONGEST_REASON + " characters.");
    }
    return Wish.of(by, form.value(REASON));
  }

  /** The id of the key of who really wants this. */
  private String wanted(HttpServletRequest request, Form form) throws RefusedException {
    Exchange exchange = Exchange.of(request);
    String by = exchange.consumer().orElse("");
    CrossSitePolicy.Asked asked =
        new CrossSitePolicy.Asked(
            Optional.ofNullable(request.getHeader("Sec-Fetch-Site")),
            Optional.ofNullable(request.getHeader("Origin")),
            Asked.authority(request),
            !exchange.withholds("Authorization"),
            tokens.matches(by, form.value(TOKEN)));
    if (by.isEmpty() || !CrossSitePolicy.trusts(asked)) {
      throw new RefusedException(
          HttpServletResponse.SC_FORBIDDEN,
          "Use the forms of the status page, or send the key in its own field.");
    }
    return by;
  }

  /** For who has used a form of the page. */
  static void backToPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    OwnAnswer.send(
        request,
        response,
        HttpServletResponse.SC_SEE_OTHER,
        own -> own.setHeader("Location", request.getContextPath() + "/_proxy/status"));
  }

  static void refuse(
      HttpServletRequest request, HttpServletResponse response, RefusedException reason)
      throws IOException {
    boolean closes =
        reason.status() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
            && request.getProtocol().startsWith("HTTP/1.");
    OwnAnswer.explain(
        request,
        response,
        reason.status(),
        String.valueOf(reason.getMessage()),
        own -> {
          if (closes) {
            own.setHeader("Connection", "close"); // the rest must not be taken for a request
          }
        });
  }
}
