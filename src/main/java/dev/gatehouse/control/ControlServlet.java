package dev.gatehouse.control;

import dev.gatehouse.auth.FormToken;
import dev.gatehouse.balance.Candidate;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import dev.gatehouse.status.JsonAnswer;
import dev.gatehouse.status.StatusReport;
import dev.gatehouse.status.StatusSource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * {@code GET /_proxy/backends} lists, {@code POST .../<pool>} adds a backend, and {@code POST
 * .../<pool>/<id>/<action>} does something to one. Who gets here has the admin key; whether they
 * meant it is decided here.
 */
public final class ControlServlet extends HttpServlet {
  private static final String NOTE = "Not kept: after a restart the configuration counts again.";

  private transient Operator operator;
  private transient StatusSource source;
  private transient Wishes wishes;
  private transient JsonAnswer json;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public ControlServlet() {}

  /**
   * What was done.
   *
   * @param backend as it is after it
   * @param note what to know of it
   */
  public record Done(String pool, String action, StatusReport.Backend backend, String note) {}

  @Override
  public void init() {
    Parts parts = Parts.of(getServletContext());
    operator = parts.get(Operator.class);
    source = parts.get(StatusSource.class);
    wishes = new Wishes(parts.get(FormToken.class));
    json = new JsonAnswer();
  }

  @Override
  public void destroy() {
    json.close();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo() == null ? "" : request.getPathInfo();
    String[] parts = path.isEmpty() || path.equals("/") ? new String[0] : segments(path);
    String allowed = parts.length == 0 ? "GET, HEAD" : "POST";
    if (parts.length != 0 && parts.length != 1 && parts.length != 3) {
      OwnAnswer.send(request, response, HttpServletResponse.SC_NOT_FOUND);
    } else if (!Set.of(allowed.split(", ", -1)).contains(request.getMethod())) {
      OwnAnswer.send(
          request,
          response,
          HttpServletResponse.SC_METHOD_NOT_ALLOWED,
          own -> own.setHeader("Allow", allowed)); // RFC 9110 §15.5.6
    } else if (parts.length == 0) {
      json.send(response, HttpServletResponse.SC_OK, source.report().pools());
    } else {
      change(parts, request, response);
    }
  }

  private static String[] segments(String path) {
    return path.substring(1).split("/", -1);
  }

  private void change(String[] parts, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Form form = Form.of(request);
      Done done = carryOut(parts, form, wishes.of(request, form));
      if (form.has(Wishes.TOKEN)) {
        Wishes.backToPage(request, response);
      } else {
        boolean added = parts.length == 1;
        json.send(
            response, added ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_OK, done);
      }
    } catch (RefusedException e) {
      Wishes.refuse(request, response, e);
    }
  }

  private Done carryOut(String[] parts, Form form, Wish wish) throws RefusedException {
    if (parts.length == 1) {
      form.onlyHas(Set.of("url", "weight", "id", "backup", Wishes.REASON, Wishes.TOKEN));
      return done(parts[0], "add", operator.add(parts[0], form, wish));
    }
    Action action =
        Action.named(parts[2])
            .orElseThrow(
                () ->
                    new RefusedException(
                        HttpServletResponse.SC_NOT_FOUND,
                        "There is drain, disable, enable, weight, remove and check."));
    form.onlyHas(Set.of("weight", Wishes.REASON, Wishes.TOKEN));
    return done(parts[0], parts[2], operator.act(parts[0], parts[1], action, form, wish));
  }

  private Done done(String pool, String action, Candidate candidate) {
    return new Done(pool, action, source.backend(candidate), NOTE);
  }
}
