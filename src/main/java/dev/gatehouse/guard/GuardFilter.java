package dev.gatehouse.guard;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;

/** Turns away what is not to be forwarded, before it costs anything. */
public final class GuardFilter extends HttpFilter {
  private transient RequestPolicy policy;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public GuardFilter() {}

  @Override
  public void init(FilterConfig filter) {
    ProxyConfig config = Parts.of(filter.getServletContext()).get(ProxyConfig.class);
    policy = new RequestPolicy(config.guard(), config.forwarded().via());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String rulePath = policy.rulePath(request.getRequestURI());
    Verdict verdict = decide(request, rulePath);
    if (verdict == Verdict.FORWARD) {
      chain.doFilter(request, response);
    } else {
      answer(verdict, request, response);
    }
  }

  private Verdict decide(HttpServletRequest request, String rulePath) {
    String method = request.getMethod();
    String protocol = request.getProtocol();
    Verdict line =
        policy.onLine(
            method, request.getRequestURI(), request.getQueryString(), protocol, rulePath);
    if (line != Verdict.FORWARD && line != Verdict.ANSWER) {
      return line;
    }
    Verdict fields = onFields(request, policy.fieldsOf(method, protocol));
    return fields == Verdict.FORWARD ? line : fields;
  }

  private static Verdict onFields(HttpServletRequest request, FieldRules fields) {
    Enumeration<String> names = request.getHeaderNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement();
      Enumeration<String> values = request.getHeaders(name);
      while (values.hasMoreElements()) {
        Verdict verdict = fields.on(name, values.nextElement());
        if (verdict != Verdict.FORWARD) {
          return verdict;
        }
      }
    }
    if (fields.lacksHost() && !isHttp1(request)) { // Tomcat does not show :authority as Host
      Verdict verdict = fields.onAuthority(request.getServerName());
      if (verdict != Verdict.FORWARD) {
        return verdict;
      }
    }
    return fields.together();
  }

  /**
   * Closes the connection unless it is certain where the request ends and nothing of it is left to
   * be read: what comes behind a refused request must never be taken for another one.
   */
  private void answer(Verdict verdict, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean last = isHttp1(request) && (!verdict.trustsFraming() || hasBody(request));
    OwnAnswer.send(
        response,
        verdict.status(),
        own -> {
          if (verdict.namesMethods()) {
            own.setHeader("Allow", policy.allow());
          }
          if (last) {
            own.setHeader("Connection", "close"); // RFC 9113 §8.2.2: not in HTTP/2
          }
        });
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static boolean isHttp1(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1.");
  }
}
