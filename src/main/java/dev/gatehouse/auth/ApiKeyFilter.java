package dev.gatehouse.auth;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.http.Fields;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Lets a request pass only with a key of the right scope: {@code proxy} for traffic, {@code admin}
 * for what lies under {@code /_proxy/}. Whatever is wrong with a key, the answer is the same.
 */
public final class ApiKeyFilter extends HttpFilter {
  private transient ProxyConfig.Auth config;
  private transient KeyRing keys;
  private transient InstantSource clock;

  /** Used by the container; {@link #init} follows. */
  @SuppressWarnings("NullAway.Init") // the container calls init before anything else
  public ApiKeyFilter() {}

  @Override
  public void init(FilterConfig filter) {
    Parts parts = Parts.of(filter.getServletContext());
    config = parts.get(ProxyConfig.class).auth();
    keys = parts.get(KeyRing.class);
    clock = parts.get(InstantSource.class);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (Asked.vitalSigns(request)) {
      chain.doFilter(request, response);
      return;
    }
    if (Asked.ownPages(request)) {
      guardOwnPages(request, response, chain);
      return;
    }
    if (config.enabled()) {
      Optional<ApiKey> key = keyWith(Scope.PROXY, presented(request));
      if (key.isEmpty()) {
        refuse(request, response, false);
        return;
      }
      Exchange.of(request).authenticated(key.get().id(), config.keyHeader());
    }
    withholdKeys(request);
    chain.doFilter(request, response);
  }

  /**
   * A browser that was asked by our own pages sends their key to all of the origin, and an operator
   * may send it where none is asked for.
   */
  private void withholdKeys(HttpServletRequest request) {
    ApiKeys ours = keys.current();
    Fields fields = ServletFields.of(request);
    for (String credentials : fields.all(BasicPassword.FIELD)) {
      if (BasicPassword.of(credentials).filter(ours::knows).isPresent()) {
        Exchange.of(request).withhold(BasicPassword.FIELD);
      }
    }
    if (!config.enabled()) { // else it is withheld already
      for (String key : fields.all(config.keyHeader())) {
        if (ours.knows(key)) {
          Exchange.of(request).withhold(config.keyHeader());
        }
      }
    }
  }

  private void guardOwnPages(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (config.statusAccess() == ProxyConfig.StatusAccess.OFF) {
      OwnAnswer.send(request, response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    if (isAdmin(request) || (isReading(request) && isLocal(request))) {
      chain.doFilter(request, response);
    } else {
      refuse(request, response, true);
    }
  }

  /** Records whose key it is: who changes something is named in the log. */
  private boolean isAdmin(HttpServletRequest request) {
    Optional<ApiKey> inField = keyWith(Scope.ADMIN, presented(request));
    if (inField.isPresent()) {
      Exchange.of(request).authenticated(inField.get().id(), config.keyHeader());
      return true;
    }
    Optional<ApiKey> asPassword =
        keyWith(Scope.ADMIN, BasicPassword.of(request.getHeader(BasicPassword.FIELD)));
    asPassword.ifPresent(key -> Exchange.of(request).authenticated(key.id(), BasicPassword.FIELD));
    return asPassword.isPresent();
  }

  private boolean isLocal(HttpServletRequest request) {
    return config.statusAccess() == ProxyConfig.StatusAccess.LOCAL && LocalPeer.asks(request);
  }

  /** Who changes something needs the key even from this machine. */
  private static boolean isReading(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /** The key as sent; empty if there is none or more than one. */
  private Optional<String> presented(HttpServletRequest request) {
    List<String> lines = ServletFields.of(request).all(config.keyHeader());
    return lines.size() == 1 ? Optional.of(lines.get(0)) : Optional.empty();
  }

  private Optional<ApiKey> keyWith(Scope scope, Optional<String> presented) {
    return presented
        .flatMap(key -> keys.current().find(key, clock.instant()))
        .filter(key -> key.allows(scope));
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, boolean browsers)
      throws IOException {
    OwnAnswer.send(
        request,
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        own -> {
          own.addHeader("WWW-Authenticate", "ApiKey realm=\"proxy\""); // RFC 9110 §11.6.1
          if (browsers) {
            own.addHeader("WWW-Authenticate", "Basic realm=\"proxy\", charset=\"UTF-8\"");
          }
        });
  }
}
