package dev.gatehouse.guard;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HostName;
import dev.gatehouse.servlet.Asked;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.OwnAnswer;
import dev.gatehouse.servlet.Parts;
import dev.gatehouse.servlet.ServletFields;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Turns away what is not to be forwarded, before it costs anything. */
public final class GuardFilter extends HttpFilter {
  private transient RequestPolicy policy;
  private transient RouteTable routes;
  private transient PageHosts hosts;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public GuardFilter() {}

  @Override
  public void init(FilterConfig filter) {
    Parts parts = Parts.of(filter.getServletContext());
    ProxyConfig config = parts.get(ProxyConfig.class);
    routes = parts.get(RouteTable.class);
    hosts = new PageHosts(config.guard().pageHosts());
    policy = new RequestPolicy(config.guard(), config.forwarded().via());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String rulePath = policy.rulePath(request.getRequestURI());
    Verdict verdict = decide(request, rulePath);
    if (verdict != Verdict.FORWARD) {
      answer(verdict, request, response);
    } else if (settle(request, response, rulePath)) {
      chain.doFilter(request, response);
    }
  }

  /**
   * Settles the route of what goes to the proxy servlet; false: there is none, and that is said.
   */
  private boolean settle(HttpServletRequest request, HttpServletResponse response, String rulePath)
      throws IOException {
    PageHosts.Wanted wanted = wanted(request);
    String authority = Asked.authority(request);
    boolean here = hosts.have(wanted, authority);
    if (here && wanted != PageHosts.Wanted.TRAFFIC) {
      return true;
    }
    RouteChoice choice =
        here
            ? routes.choose(HostName.normal(authority), rulePath)
            : RouteChoice.Nowhere.NO_PATH; // our pages are elsewhere, or all else is
    if (choice instanceof RouteChoice.Along along) {
      Exchange.of(request).settle(along.route());
      return true;
    }
    if (choice instanceof RouteChoice.Nowhere nowhere) {
      boolean last = isHttp1(request) && hasBody(request);
      OwnAnswer.send(request, response, nowhere.status(), own -> close(own, last));
      return false;
    }
    throw new IllegalStateException("no such choice: " + choice);
  }

  private static PageHosts.Wanted wanted(HttpServletRequest request) {
    if (!Asked.ownPages(request)) {
      return PageHosts.Wanted.TRAFFIC;
    }
    return Asked.vitalSigns(request) ? PageHosts.Wanted.SIGN : PageHosts.Wanted.PAGE;
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
    Fields lines = ServletFields.of(request);
    for (int i = 0; i < lines.size(); i++) {
      Verdict verdict = fields.on(lines.name(i), lines.value(i));
      if (verdict != Verdict.FORWARD) {
        return verdict;
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
        request,
        response,
        verdict.status(),
        own -> {
          if (verdict.namesMethods()) {
            own.setHeader("Allow", policy.allow());
          }
          close(own, last);
        });
  }

  private static void close(HttpServletResponse response, boolean last) {
    if (last) {
      response.setHeader("Connection", "close"); // RFC 9113 §8.2.2: not in HTTP/2
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static boolean isHttp1(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/1.");
  }
}
